"""Who reads what the screens of money and discipline show, and opens the forms by which rules change?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.discipline.records import DisciplineState
    from core.journal.entry import Draft
    from core.money.money import MoneyState
    from core.state import Facts
    from gui.context import Context
    from gui.discipline.page import DisciplinePage
    from gui.entry.control import ControlDialog
    from gui.entry.dialog import Ground
    from gui.jobs import OpenJournal
    from gui.money.page import MoneyPage
    from gui.recorder import Recorder
    from gui.screens import Screens
    from gui.store import Change

MONEY_TIP = "What the hedge costs and brings (Shift+F5)"
DISCIPLINE_TIP = "The steward's score, plans, proposals and overrides (Shift+F6)"


class Governing(QObject):
    """The two screens of one window. What they show is computed on the database thread, while they are seen."""

    def __init__(self, context: Context, recorder: Recorder, screens: Screens) -> None:
        super().__init__(context)
        self._context, self._recorder, self._screens = context, recorder, screens
        self.money: MoneyPage | None = None
        self.discipline: DisciplinePage | None = None
        self._state: DisciplineState | None = None
        self._places = (
            screens.add("Money", self._make_money, MONEY_TIP),
            screens.add("Discipline", self._make_discipline, DISCIPLINE_TIP),
        )
        context.the_store.changed.connect(self._on_changed)

    def works(self) -> dict[str, Callable[[], None]]:
        """Return what the menus ask for, by key."""
        return {
            "money": partial(self._screens.show, self._places[0]),
            "discipline": partial(self._screens.show, self._places[1]),
        }

    def _make_money(self) -> MoneyPage:
        from gui.money.page import MoneyPage

        self.money = MoneyPage(self._context.theme)
        self.money.seen.connect(self.read_money)
        return self.money

    def _make_discipline(self) -> DisciplinePage:
        from gui.discipline.page import DisciplinePage

        self.discipline = DisciplinePage(self._context.theme)
        self.discipline.seen.connect(self.read_discipline)
        self.discipline.wished.connect(self._open)
        self.discipline.set_why_not(self._context.menus.why_not)
        return self.discipline

    def _on_changed(self, change: Change) -> None:
        """Read again what is seen, where the book or the closes moved; quotes alone wait for the next look."""
        from gui.store import Moved

        if not {Moved.BOOK, Moved.PAST} & change.moved:
            return
        if Moved.PAST not in change.moved and change.log:  # one more act, not a journal that was read
            self._submit(partial(warning_of, seq=change.log[-1].sequence), self._warn, "discipline")
        if self.money is not None and self.money.isVisible():
            self.read_money()
        if self.discipline is not None and self.discipline.isVisible():
            self.read_discipline()

    def read_money(self) -> None:
        """Have the measures computed and show them."""
        self._submit(money_of, self._show_money, "money")

    def read_discipline(self) -> None:
        """Have discipline computed and show it."""
        self._submit(discipline_of, self._show_discipline, "discipline")

    def _submit(self, work: Callable[..., object], show: Callable[..., None], key: str) -> None:
        facts = self._context.the_store.facts
        if facts is not None and self._context.desk.is_open:
            self._context.desk.submit(
                partial(work, facts=facts),
                show,
                lambda error: self._context.complain(key, f"The screen cannot be filled: {error}"),
            )

    def _show_money(self, state: MoneyState) -> None:
        if self.money is not None and isValid(self.money):
            self.money.show_money(state)

    def _show_discipline(self, state: DisciplineState) -> None:
        self._state = state
        if self.discipline is not None and isValid(self.discipline):
            self.discipline.show_discipline(state)

    def _warn(self, warning: str) -> None:
        """Say across the window what a steward would not have done; nothing is undone by it."""
        if warning:
            self._context.complain("promoter", f"Recorded, {warning}: say why under Discipline, Override.")

    def _open(self, key: str) -> None:
        """Open the form of a button; it stands on what was read last."""
        if self._state is None:
            return
        dialog = self._form(key)
        dialog.submitted.connect(partial(self._record, dialog))
        dialog.show()

    def _form(self, key: str) -> ControlDialog:
        from core.journal.control import Control
        from db.playbooks import load_playbook, playbook_names
        from gui.entry import control as forms
        from gui.entry.deciding import DecisionDialog
        from gui.entry.proposing import ProposalDialog

        ground, clock, window = self._ground(), self._context.desk.now, self._context.window
        facts, control = self._facts(), self._state.control if self._state else Control()
        if key == "plan":
            calendar = ground.calendar
            coming = calendar.days[calendar.closed_by(ground.now) + calendar.is_open(ground.now)].item()
            return forms.PlanDialog(ground, clock, coming, window)
        if key == "propose":
            names = playbook_names()
            return ProposalDialog(ground, clock, control, facts.playbook, load_playbook, names, window)
        if key == "decide":
            return DecisionDialog(ground, clock, control, facts.playbook, load_playbook, window)
        if key == "override":
            return forms.OverrideDialog(ground, clock, control, window)
        return forms.ApproversDialog(ground, clock, control, facts.playbook, window)

    def _facts(self) -> Facts:
        facts = self._context.the_store.facts
        if facts is None:
            raise RuntimeError("no journal is open")
        return facts

    def _ground(self) -> Ground:
        from gui.entry.dialog import Ground

        facts = self._facts()
        return Ground(facts.book, facts.past.history.calendar, self._context.desk.now(), self._context.theme)

    def _record(self, dialog: ControlDialog, draft: Draft) -> None:
        """Have the draft written; rules that were put in force are followed only then."""
        from gui.entry.deciding import DecisionDialog

        place = dialog.rules_place if isinstance(dialog, DecisionDialog) else ""

        def follow() -> None:
            self._context.change_rules(playbook__name=place, playbook__edr_formula="")

        self._recorder.record_form(dialog, draft, follow if place else None)

    def set_theme(self) -> None:
        """Take on the colours of the window's theme."""
        for page in (self.money, self.discipline):
            if page is not None and isValid(page):
                page.set_theme(self._context.theme)

    def set_why_not(self, reason: str) -> None:
        """Say at what writes why it cannot be used, "" where it can."""
        if self.discipline is not None and isValid(self.discipline):
            self.discipline.set_why_not(reason)


def warning_of(journal: OpenJournal, facts: Facts, seq: int) -> str:
    """Return what a steward would not have done in the act of an entry, on the database thread."""
    from core.discipline.discipline import promoter_warning
    from db.journal_read import load_entries

    return promoter_warning(load_entries(journal.connection), facts.past, facts.playbook, seq)


def money_of(journal: OpenJournal, facts: Facts) -> MoneyState:
    """Return the money measures of an open journal, on the database thread."""
    from core.monitor.money_now import money_now
    from db.chain_store import load_quoted
    from db.journal_read import load_entries

    entries = load_entries(journal.connection)
    return money_now(facts, entries, load_quoted(journal.connection, facts, entries))


def discipline_of(journal: OpenJournal, facts: Facts) -> DisciplineState:
    """Return control and discipline of an open journal, on the database thread."""
    from core.discipline.discipline import discipline
    from db.journal_read import load_entries

    entries = load_entries(journal.connection)
    return discipline(entries, facts.past, facts.playbook, facts.now, is_simulated=facts.is_simulated)
