"""What would one file bring? What it is taken for, counts, a small chart, and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from gui.flat_view import fit_columns, flat_view
from gui.formats import number_text
from gui.importing.chart import SmallChart, line_of
from gui.importing.fields import FileFields
from gui.importing.model import FateModel
from gui.importing.rows import NEW, SAME, SeriesRows, brought_texts, count_texts, fate_rows
from gui.widgets import plain_label, set_text_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.import_file import ImportPlan
    from gui.importing.asked import Asked
    from gui.importing.rows import FateRow
    from gui.theme import Theme

ODD = "odd"
MOST_TOLD = 9
WIDEST_PX = 300


class PlanPage(QWidget):
    """One file. `told` carries a Told when the user said something; `columns_requested` is for naming columns."""

    told = Signal(object)
    columns_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._plan: ImportPlan | None = None
        self._odd: Sequence[FateRow] = ()
        self.fields = FileFields(theme)
        self.said = plain_label(name="How the file stands", wraps=True)
        self.counts, self.series = plain_label(name="Rows by fate"), plain_label(name="What comes in", wraps=True)
        self.chosen, self.chart = QComboBox(), SmallChart(theme)
        self.chosen.setAccessibleName("Series to draw")
        self.which = QComboBox()
        self.which.setAccessibleName("Which rows are listed")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.model_ = FateModel(theme)
        self.view = flat_view(self.model_, "Rows of the file")
        self._lay_out()
        self.fields.told.connect(self.told)
        self.fields.refused.connect(lambda reason: self._say(f"✕ {reason}", is_refusal=True))
        self.fields.columns_requested.connect(self.columns_requested)
        self.chosen.activated.connect(lambda _index: self._draw())
        self.which.activated.connect(lambda _index: self._list())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.which)
        row.addWidget(self.chosen)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.fields, self.said, self.counts, self.series, self.chart):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        column.addStretch()  # keeps the fields together where there is no table

    def show_asked(self, asked: Asked) -> None:
        """Show how a file stands."""
        self.fields.show_asked(asked)
        self._say(asked.text, is_refusal=bool(asked.reason))
        if asked.plan is self._plan and self._plan is not None:
            return
        self._plan = plan = asked.plan
        self._odd = fate_rows(plan) if plan is not None else ()
        self.counts.setText(_counts(plan) if plan is not None else "")
        self.series.setText(_brought(plan) if plan is not None else "")
        self._offer_series()
        self._offer_rows()

    def _say(self, text: str, *, is_refusal: bool) -> None:
        self.said.setText(text)
        set_text_colour(self.said, self._theme.red if is_refusal else "")

    def _offer_series(self) -> None:
        """Name the series that can be drawn; a single value makes no line."""
        self.chosen.clear()
        for number, one in enumerate(self._plan.comparisons if self._plan is not None else ()):
            if len(one.series.times) > 1:
                self.chosen.addItem(f"Chart: {one.series.symbol}", number)
        self.chosen.setVisible(self.chosen.count() > 1)
        self._draw()

    def _draw(self) -> None:
        number, plan = self.chosen.currentData(), self._plan
        drawn = plan is not None and number is not None
        self.chart.show_line(
            line_of(plan.comparisons[number], plan.calendar) if drawn and plan is not None else None
        )

    def _offer_rows(self) -> None:
        """Offer what can be listed: what to look at first, the rest by what it is."""
        self.which.clear()
        plan = self._plan
        for text, kind in (("Rows to look at", ODD), ("New rows", NEW), ("Rows stored already", SAME)):
            count = len(self._rows(kind))
            if plan is not None and (count or kind == ODD):
                self.which.addItem(f"{text}: {number_text(count, 0)}", kind)
        self.which.setVisible(self.which.count() > 0)
        if self.which.count() > 1 and not self._rows(ODD):
            self.which.setCurrentIndex(1)
        self._list()

    def _list(self) -> None:
        self.model_.show_rows(self._rows(self.which.currentData()))
        self.view.setVisible(self.model_.rowCount() > 0)
        fit_columns(self.view, WIDEST_PX)

    def _rows(self, kind: str | None) -> Sequence[FateRow]:
        if self._plan is None or kind is None:
            return ()
        return self._odd if kind == ODD else SeriesRows(self._plan, kind)


def _counts(plan: ImportPlan) -> str:
    parts = [f"{number_text(plan.parsed.rows, 0)} rows:"]
    parts += [f"{number_text(count, 0)} {word}" for word, count in count_texts(plan)]
    missing = len(plan.parsed.missing_sessions)
    return "   ".join([*parts, f"{missing} sessions without a row"])


def _brought(plan: ImportPlan) -> str:
    texts = brought_texts(plan)
    more = [f"and {len(texts) - MOST_TOLD} more"] if len(texts) > MOST_TOLD else []
    return "\n".join([*texts[:MOST_TOLD], *more])
