"""Does the box of long work show how far it is, and end the work when it is asked to?"""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.journal_errors import CancelledError
from gui.keeping.progress import ProgressBox


def test_work_goes_on_until_it_is_cancelled(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = ProgressBox("Checking…", parent)
    assert not box.isVisible(), "short work shows no box"
    box.tell(0)
    box.tell(4000)
    assert box.count.text() == "4,000 steps"
    box.cancel_button.click()
    with pytest.raises(CancelledError, match="nothing was changed"):
        box.tell(5000)
    assert box.label.text() == "Ending…"
    box.end()
