"""What is the book worth wherever SPX and VIX go? The risk screen: it asks, shows the answer, and never waits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from core.monitor.risk import risk
from core.monitor.risk_nearest import nearest_break_evens
from gui.latest import LatestAnswer
from gui.picture import write_picture
from gui.risk.break_even_tables import MIGRATION
from gui.risk.frame import StatusLine, WhatIfFrame
from gui.risk.gauges import Gauges
from gui.risk.headline import Headline
from gui.risk.migration import MigrationChart
from gui.risk.pictures import Pictures
from gui.risk.saying import values_table
from gui.risk.table_view import RiskTables, table_tsv
from gui.risk.tables import GREEKS
from gui.risk.upright import Upright
from gui.risk.what_if import WhatIf
from gui.widgets import push_button

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from core.market.figure import Figure
    from core.risk_state import RiskAsked, RiskState
    from core.state import Facts
    from gui.theme import Theme

BUSY_AFTER_MS = 150
PACE_MS = 100
SIZES, BELOW_SIZES = (420, 190), (520, 1000)
COMPUTING = "computing: this is the picture before"
PICTURE_NAME = "risk.png"


class RiskPage(QWidget):
    """The whole screen. Facts that come while it is hidden are looked at when it is shown.

    `said` carries what was done, `complained` what could not be.
    """

    said = Signal(str)
    complained = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("risk_page")
        self.setAccessibleName("Risk")
        self.theme = theme
        self.state: RiskState | None = None
        self._facts: Facts | None = None
        self._edr_points: Figure | None = None
        self._is_due = False
        self._latest = LatestAnswer(_answer, self)
        self._latest.answered.connect(self.show_state)
        self._latest.refused.connect(self._on_refused)
        self._latest.busy_changed.connect(self._on_busy)
        self._slow = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._slow.timeout.connect(lambda: self.status.say_busy(COMPUTING))
        self._pace = QTimer(self, singleShot=True, interval=PACE_MS)
        self._pace.timeout.connect(self._on_pace)
        self._make_parts(theme)
        self._lay_out()
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.what_if.reset)
        self.setFocusProxy(self.pictures.payoff)

    def _make_parts(self, theme: Theme) -> None:
        self.headline, self.what_if = Headline(theme), WhatIf(theme)
        self.status = StatusLine(theme, self.what_if.reset)
        self.frame, self.pictures = WhatIfFrame(theme), Pictures(theme)
        self.gauges, self.migration = Gauges(theme), MigrationChart(theme)
        self.tables = RiskTables(theme, {GREEKS: self.gauges, MIGRATION: self.migration})
        self.what_if.changed.connect(lambda _asked: self._ask())
        self.pictures.heat_chosen.connect(self.what_if.put)

    def _lay_out(self) -> None:
        row = self.headline.row
        row.addWidget(push_button("Copy &values", self.copy_values, tip="Copy what every curve says"))
        row.addWidget(push_button("Save &picture…", self.ask_for_picture, tip="Save this screen as a PNG"))
        inside = QVBoxLayout(self.frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.pictures)
        self.below, middle = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        self.below.addWidget(Upright(self.pictures.legend))
        self.below.addWidget(self.tables)
        self.below.setSizes(list(BELOW_SIZES))
        middle.addWidget(self.frame)
        middle.addWidget(self.below)
        middle.setSizes(list(SIZES))
        middle.setStretchFactor(0, 1)
        for splitter in (middle, self.below):
            splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.headline, self.what_if, self.status):
            column.addWidget(part)
        column.addWidget(middle, 1)

    # --- asking ---

    def show_facts(self, facts: Facts, edr_points: Figure) -> None:
        """Take the facts as they are now; `edr_points` is one EDR in points of SPX."""
        self._facts, self._edr_points = facts, edr_points
        self.what_if.show_book(facts.book)
        self._is_due = True
        if not self._pace.isActive():
            self._on_pace()

    def _on_pace(self) -> None:
        """Ask for what the market did since the last time; a stream of quotes asks ten times a second."""
        if self._is_due and self.isVisible():
            self._pace.start()
            self._ask()

    def _ask(self) -> None:
        if self._facts is not None and self.isVisible():
            self._is_due = False
            self._latest.ask((self._facts, self.what_if.asked))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what came while nobody could see it."""
        super().showEvent(event)
        self._on_pace()

    def forget(self) -> None:
        """Wait for the answer under way and drop it: the journal is being left."""
        self._latest.forget()
        self._facts = None
        self._is_due = False

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self.status.say_busy("")

    def _on_refused(self, reason: str) -> None:
        """Say why there is no newer picture; the last one stays."""
        self.complained.emit(f"No risk picture: {reason}")

    # --- showing ---

    def show_state(self, state: RiskState) -> None:
        """Show a picture."""
        self.state = state
        edr_points = self._edr_points or state.spx
        self.headline.show_state(state, nearest_break_evens(state, edr_points))
        self.what_if.show_state(state)
        self.status.show_state(state)
        self.frame.mark(what_if=state.asked.is_what_if)
        self.pictures.show_state(state)
        self.gauges.show_gauges(state.gauges)
        self.migration.show_rows(state.migration)
        self.tables.show_state(state)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.theme = theme
        for part in (
            self.headline,
            self.what_if,
            self.status,
            self.frame,
            self.pictures,
            self.gauges,
            self.migration,
        ):
            part.set_theme(theme)
        if self.tables is not None:
            self.tables.set_theme(theme)
        if self.state is not None:
            self.show_state(self.state)

    # --- taking along ---

    def copy_values(self) -> None:
        """Put what every curve says, where the reader looks, on the clipboard."""
        if self.state is not None:
            table = values_table(self.state, self.pictures.index)
            text = table_tsv(table, is_simulated=self.state.is_simulated)
            QGuiApplication.clipboard().setText(text)
            self.said.emit(f"{len(table.rows)} curves copied")

    def ask_for_picture(self) -> None:
        """Ask for a file and save the screen as it stands."""
        dialog = QFileDialog(self.window(), "Save the risk picture", "", "Pictures (*.png)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("png")
        dialog.selectFile(PICTURE_NAME)
        dialog.fileSelected.connect(lambda file: self.save_picture(Path(file)))
        dialog.open()

    def save_picture(self, path: Path) -> None:
        """Write the screen as it stands to a file."""
        try:
            write_picture(self.grab(), path)
        except OSError as error:
            self.complained.emit(f"The picture was not saved: {error.strerror or error} ({path})")
            return
        self.said.emit(f"Picture saved to {path}")


def _answer(question: tuple[Facts, RiskAsked]) -> RiskState:
    return risk(*question)
