"""What do the rules propose now? Situations, proposals in the order of the seeds, and the selected one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui.asking_pane import AskingPane
from gui.grid import Grid
from gui.latest import LatestAnswer
from gui.proposals.detail import Detail
from gui.proposals.tables import LIMIT, head_text, looks_table, patterns_text, situations_table, titled
from gui.widgets import plain_label, scaled_font, set_text_colour

if TYPE_CHECKING:
    from core.advice.records import Advice, Proposal
    from core.risk_state import RiskState
    from core.state import Facts
    from gui.theme import Theme

HEAD_FACTOR = 1.2
WIDTHS, HEIGHTS = (520, 620), (150, 200)
KEY_ROLE = Qt.ItemDataRole.UserRole


def _advice(facts: Facts) -> Advice:
    from core.monitor.advice_now import advice

    return advice(facts)


def _effect(asked: tuple[Facts, Proposal]) -> RiskState:
    from core.monitor.advice_now import effect

    return effect(*asked)


class ProposalsPane(AskingPane):
    """The proposals of the open journal. While hidden it only remembers the facts."""

    accepted = Signal(object)
    risk_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_advice, parent)
        self.setObjectName("proposals_pane")
        self._found: Advice | None = None
        self.head = plain_label("No journal is open.", name="What is proposed", wraps=True)
        self.head.setFont(scaled_font(self.font(), HEAD_FACTOR, is_bold=True))
        self.patterns = plain_label(name="Warnings", wraps=True)
        self.limit = plain_label(LIMIT, wraps=True)
        self.list_ = QListWidget()
        self.list_.setAccessibleName("Proposals")
        self.list_.setWordWrap(True)
        self.list_.currentItemChanged.connect(lambda _now, _before: self._on_chosen())
        self.situations, self.looks, self.detail = Grid(theme), Grid(theme), Detail(theme)
        self.detail.accepted.connect(self.accepted)
        self.detail.risk_requested.connect(self.risk_requested)
        self._lay_out()
        self.effect = LatestAnswer(_effect, self)
        self.answer.answered.connect(self.show_advice)
        self.answer.refused.connect(self.head.setText)
        self.effect.answered.connect(self._on_effect)
        self.effect.refused.connect(self.detail.say_no_effect)
        self.setFocusProxy(self.list_)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        left, scroll, tables = QSplitter(Qt.Orientation.Vertical), QScrollArea(), QWidget()
        below = QVBoxLayout(tables)
        below.setContentsMargins(0, 0, 0, 0)
        for grid in (self.situations, self.looks):
            below.addWidget(grid)
        below.addStretch(1)
        scroll.setWidget(tables)
        scroll.setWidgetResizable(True)
        left.addWidget(self.list_)
        left.addWidget(scroll)
        left.setSizes(list(HEIGHTS))
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.addWidget(left)
        middle.addWidget(self.detail)
        middle.setSizes(list(WIDTHS))
        for splitter in (left, middle):
            splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.head, self.patterns, middle, self.limit):
            if part is not middle:
                part.setContentsMargins(8, 0, 8, 0)
            column.addWidget(part, 1 if part is middle else 0)

    def show_advice(self, found: Advice) -> None:
        """Show what the tables say; the selected proposal stays selected where it is still there."""
        before, self._found = self._found, found
        self.head.setText(head_text(found))
        warned = patterns_text(found)
        self.patterns.setText(warned)
        self.patterns.setVisible(bool(warned))
        self.situations.show_rows(situations_table(found))
        self.looks.show_rows(looks_table(found))
        if before is None or before.proposals != found.proposals:
            self._list(found)

    def _list(self, found: Advice) -> None:
        chosen = self._chosen_key()
        self.list_.blockSignals(True)
        self.list_.clear()
        for one in found.proposals:
            item = QListWidgetItem(f"{'■ ' if one.blocked else ''}{titled(one.title)}")
            item.setData(KEY_ROLE, one.key)
            self.list_.addItem(item)
        keys = [one.key for one in found.proposals]
        self.list_.setCurrentRow(keys.index(chosen) if chosen in keys else 0 if keys else -1)
        self.list_.blockSignals(False)
        self._on_chosen()

    def _chosen_key(self) -> str:
        item = self.list_.currentItem()
        return str(item.data(KEY_ROLE)) if item is not None else ""

    def _on_chosen(self) -> None:
        key = self._chosen_key()
        proposals = self._found.proposals if self._found is not None else ()
        one = next((one for one in proposals if one.key == key), None)
        self.detail.show_proposal(one)
        if one is not None and one.ticket and self._facts is not None:
            self.effect.ask((self._facts, one))

    def _on_effect(self, state: RiskState) -> None:
        one = self.detail.proposal
        if one is not None and state.asked.ticket == one.ticket:
            self.detail.show_effect(state)

    def set_why_not(self, reason: str) -> None:
        """Say why nothing can be recorded, "" where it can."""
        self.detail.set_why_not(reason)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        set_text_colour(self.patterns, theme.amber)
        set_text_colour(self.limit, theme.text_muted)
        self.situations.set_theme(theme)
        self.looks.set_theme(theme)
        self.detail.set_theme(theme)

    def forget(self) -> None:
        """Wait for what is being computed and drop it: the window is closing."""
        super().forget()
        self.effect.forget()
