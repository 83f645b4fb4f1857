"""Which forms govern? What they share, and those of a plan, an override, and who must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPlainTextEdit

from core.journal import control_acts as acts
from core.journal.plan import seal_plan
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.typed import StillEmptyError, typed_count, typed_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from PySide6.QtWidgets import QWidget

    from core.journal.control import Control
    from core.journal.entry import Draft
    from core.playbook.parameters import Playbook
    from gui.entry.checking import Readings

PLAN_HINT = "open layer 1 x4 if EDR >= 0.95\nhold layer 2"
LINES = 5


class ControlDialog(EntryDialog):
    """A form whose act happens at the moment it is accepted: the clock is read then, and nothing is back-dated."""

    def __init__(
        self, ground: Ground, title: str, verb: str, clock: Callable[[], datetime], parent: QWidget | None
    ) -> None:
        super().__init__(ground, title, verb, parent)
        self._clock = clock

    def accept(self) -> None:
        """Make the draft once more, with the time of now."""
        self.check()
        super().accept()

    def reason_line(self) -> None:
        """Add the row of the reason."""
        self.reason = self.form.line("reason", "&Reason", hint="why", chars=40)

    def reason_typed(self) -> str:
        """Return the reason; it is still needed where it is empty."""
        return filled("reason", self.reason.text())


class PlanDialog(ControlDialog):
    """Seals the plan of a session, one line an act."""

    def __init__(
        self, ground: Ground, clock: Callable[[], datetime], session: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(ground, "Seal a plan", "Seal plan", clock, parent)
        self.session = self.form.line("session", "&Session", text=session.isoformat(), hint="YYYY-MM-DD")
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName("Lines of the plan")
        self.lines.setPlaceholderText(PLAN_HINT)
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(self.lines.fontMetrics().lineSpacing() * (LINES + 1))
        self.form.add("items", "&Lines", (self.lines,))
        self.reason = self.form.line("reason", "&Reason", hint="the thought behind it", chars=40)
        self.accept_button.setShortcut("Ctrl+Return")
        self.begin()
        self.lines.setFocus()

    def readings(self) -> Readings:
        """Return session, lines and reason."""
        return {
            "session": lambda: typed_date("session", self.session.text()),
            "items": self._items,
            "reason": lambda: self.reason.text().strip(),
        }

    def _items(self) -> list[str]:
        found = [line for line in self.lines.toPlainText().splitlines() if line.strip()]
        if not found:
            raise StillEmptyError("items")
        return found

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the sealed plan."""
        return seal_plan(self.ground.book, self.ground.calendar, at=self._clock(), **values)


class OverrideDialog(ControlDialog):
    """Records an act against a verdict or a plan, and why."""

    def __init__(
        self, ground: Ground, clock: Callable[[], datetime], control: Control, parent: QWidget | None = None
    ) -> None:
        super().__init__(ground, "Record an override", "Record override", clock, parent)
        self._control = control
        self.against = self.form.line(
            "against", "A&gainst", hint="the verdict or plan, like layer 2 confirmed", chars=40
        )
        self.layer = self.form.line("layer", "&Layer", hint="if it is about one")
        self.reason_line()
        self.begin()

    def readings(self) -> Readings:
        """Return what it is against, the layer, and the reason."""
        return {
            "against": lambda: filled("against", self.against.text()),
            "layer": lambda: typed_count("layer", self.layer.text()) if self.layer.text().strip() else None,
            "reason": self.reason_typed,
        }

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the override."""
        return acts.record_override(self._control, at=self._clock(), **values)


class ApproversDialog(ControlDialog):
    """Names for the first time who must agree."""

    def __init__(
        self,
        ground: Ground,
        clock: Callable[[], datetime],
        control: Control,
        playbook: Playbook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground, "Name who must agree", "Name approvers", clock, parent)
        self._control, self._playbook = control, playbook
        self.names = self.form.line("names", "&Names", hint="Anna, Ben, Cem", chars=40)
        self.begin()

    def readings(self) -> Readings:
        """Return the names."""
        return {"names": lambda: names_of("names", self.names.text())}

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the naming."""
        return acts.name_approvers(self._control, self._playbook, at=self._clock(), **values)


def names_of(field: str, text: str) -> list[str]:
    """Return the names between commas; they are still needed where there is none."""
    return [name for name in (part.strip() for part in filled(field, text).split(",")) if name]


def filled(field: str, text: str) -> str:
    """Return what was typed; it is still needed where it is empty."""
    if not text.strip():
        raise StillEmptyError(field)
    return text.strip()
