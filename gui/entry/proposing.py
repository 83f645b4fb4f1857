"""How is a change proposed? Other rules, a layer against the rule, an override, other approvers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.journal import control_acts as acts
from core.journal.control import ABOUTS, APPROVERS, LAYER, OVERRIDE, RULES
from gui.entry.control import ControlDialog, filled, names_of
from gui.entry.typed import typed_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from core.journal.control import Control
    from core.journal.entry import Draft
    from core.playbook.parameters import Playbook
    from gui.entry.checking import Readings
    from gui.entry.dialog import Ground


class ProposalDialog(ControlDialog):
    """Proposes other rules, a layer against the rule, an override, or other approvers."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        ground: Ground,
        clock: Callable[[], datetime],
        control: Control,
        playbook: Playbook,
        load: Callable[[str], Playbook],
        names: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground, "Propose a change", "Propose", clock, parent)
        self._control, self._playbook, self._load = control, playbook, load
        self.about = self.form.choice("about", "&About", ABOUTS)
        self.rules = self.form.choice("new", "&Rules", list(names))
        self.file = self.form.line("file", "or a &file", hint="a playbook of your own, a TOML file", chars=40)
        self.act = self.form.choice("act", "&Act", acts.LAYER_ACTS)
        self.layer = self.form.line("layer", "&Layer", hint="1 to 4")
        self.against = self.form.line(
            "against", "A&gainst", hint="the verdict or plan, like layer 2 confirmed", chars=40
        )
        self.names = self.form.line("names", "&Names", hint="Anna, Ben, Cem", chars=40)
        self.by = self.form.line("by", "&By", hint="who proposes")
        self.reason_line()
        self.about.currentIndexChanged.connect(lambda _index: self._show_rows())
        self._show_rows()
        self.begin()

    def _show_rows(self) -> None:
        about = self.about.currentText()
        shown = {
            "new": {RULES},
            "file": {RULES},
            "act": {LAYER},
            "layer": {LAYER, OVERRIDE},
            "against": {OVERRIDE},
            "names": {APPROVERS},
        }
        for name, abouts in shown.items():
            self.form.show_row(name, about in abouts)

    def readings(self) -> Readings:
        """Return the rows that belong to what the proposal is about."""
        about = self.about.currentText()
        rows: dict[str, Readings] = {
            RULES: {"new": lambda: self._load(self.file.text().strip() or self.rules.currentText())},
            LAYER: {
                "act": self.act.currentText,
                "layer": lambda: typed_count("layer", self.layer.text()),
            },
            OVERRIDE: {
                "against": lambda: filled("against", self.against.text()),
                "layer": lambda: typed_count("layer", self.layer.text()) if self.layer.text().strip() else None,
            },
            APPROVERS: {"names": lambda: names_of("names", self.names.text())},
        }
        return rows[about] | {"by": lambda: filled("by", self.by.text()), "reason": self.reason_typed}

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the proposal."""
        makers: dict[str, Callable[..., Draft]] = {
            RULES: acts.propose_rules,
            LAYER: acts.propose_layer,
            OVERRIDE: acts.propose_override,
            APPROVERS: acts.propose_approvers,
        }
        return makers[self.about.currentText()](self._control, self._playbook, at=self._clock(), **values)
