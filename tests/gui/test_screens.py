"""Is a screen made when it is first asked for, and does the tab say which one is shown?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gui.risk.page import RiskPage
from tests.gui.market_files import filled_journal
from tests.gui.opened import opened, options_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_the_risk_screen_is_made_by_its_key_and_left_by_another(qtbot: QtBot, tmp_path: Path) -> None:
    options = options_of(tmp_path, filled_journal(tmp_path / "journal.db"))
    with opened(qtbot, options) as application:
        window, panes = application.window, application.context.make_charts()
        tabs = panes.screens.tabs
        assert window.bar.cornerWidget() is tabs
        assert panes.risk is None
        assert tabs.tabText(tabs.currentIndex()) == "Monitor"
        window.actions_.by_key["risk"].trigger()
        risk = panes.risk
        assert isinstance(risk, RiskPage)
        assert window.pages.currentWidget() is risk
        assert tabs.tabText(tabs.currentIndex()) == "Risk"
        qtbot.waitUntil(lambda: risk.state is not None, timeout=20_000)
        assert "Ctrl+N" in risk.pictures.payoff.notice.text  # a journal of closes alone holds nothing
        window.actions_.by_key["why"].trigger()
        assert window.pages.currentWidget() is window.middle
        assert tabs.currentIndex() == 0
        names = [tabs.tabText(place) for place in range(tabs.count())]
        tabs.setCurrentIndex(names.index("Risk"))
        assert window.pages.currentWidget() is risk


def test_another_journal_brings_a_screen_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    options = options_of(tmp_path, filled_journal(tmp_path / "journal.db"))
    other = filled_journal(tmp_path / "other.db")
    with opened(qtbot, options) as application:
        panes = application.context.make_charts()
        panes.show_risk()
        assert panes.risk is not None
        application.context.open(other)
        assert panes.risk is None
        assert not panes.screens.tabs.isEnabled()
        qtbot.waitUntil(lambda: application.context.shows_charts, timeout=20_000)
        assert panes.screens.tabs.isEnabled()
        qtbot.waitUntil(lambda: application.window.windowTitle().startswith("Condor Watch - other.db"))


def test_leaving_the_quote_line_stays_on_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    options = options_of(tmp_path, filled_journal(tmp_path / "journal.db"))
    with opened(qtbot, options) as application:
        panes, line = application.context.make_charts(), application.context.menus.quote_line
        panes.show_risk()
        line.focus()
        qtbot.keyClick(line.focusWidget() or line, Qt.Key.Key_Escape)
        assert application.window.pages.currentWidget() is panes.risk
