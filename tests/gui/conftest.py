"""Which states and themes do the panes' tests share?"""

import pytest
from PySide6.QtWidgets import QApplication

from gui.theme import Theme, apply_theme, load_theme


@pytest.fixture(params=["dark", "light"])
def any_theme(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    theme = load_theme(request.param)
    apply_theme(qapp, theme)
    return theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = load_theme("dark")
    apply_theme(qapp, theme)
    return theme
