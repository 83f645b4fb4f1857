"""Which facts does a pane ask about, and when? The last ones, while it is seen; hidden it only remembers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.latest import LatestAnswer

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from PySide6.QtGui import QShowEvent

    from core.state import Facts


class AskingPane(QWidget):
    """A pane that has `work(facts)` done beside the window's thread; its answers come by `answer.answered`."""

    def __init__(self, work: Callable[[Facts], Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: Facts | None = None
        self.answer = LatestAnswer(work, self)

    def show_facts(self, facts: Facts) -> None:
        """Ask about these facts, at once if the pane is seen, else when it next is."""
        self._facts = facts
        if self.isVisible():
            self.answer.ask(facts)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what moved while hidden."""
        super().showEvent(event)
        if self._facts is not None:
            self.answer.ask(self._facts)

    def forget(self) -> None:
        """Wait for what is being computed and drop it: the window is closing."""
        self.answer.forget()
