"""What would one file bring? Layout and symbol to confirm, counts, and the rows that were not simply taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from core.parsing.registry import LAYOUTS
from gui.formats import number_text
from gui.importing.model import FateModel
from gui.importing.rows import count_texts, fate_rows, series_texts
from gui.widgets import line_field, plain_label, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from db.import_file import ImportPlan
    from gui.importing.asked import Asked
    from gui.theme import Theme

TITLES = {layout.name: layout.title for layout in LAYOUTS}
ANY = ""
SYMBOL_TIP = "The symbol, or of a breadth file its universe. Enter reads the file again."


class PlanPage(QWidget):
    """One file. `asked_again` carries (layout or None, symbol or None) when the user named another one."""

    asked_again = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: ImportPlan | None = None
        self.layout_box, self.symbol = QComboBox(), line_field("Symbol or universe", chars=14)
        self.layout_box.setAccessibleName("Layout of the file")
        set_tooltip(self.symbol, SYMBOL_TIP)
        self.named_by, self.said = plain_label(), plain_label(wraps=True)
        self.counts, self.series = plain_label(name="Rows by fate"), plain_label(name="Days by series", wraps=True)
        self.model_ = FateModel(theme)
        self.view = self._make_view()
        self._lay_out()
        self.layout_box.activated.connect(lambda _index: self._ask())
        self.symbol.returnPressed.connect(self._ask)

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model_)
        view.setAccessibleName("Rows that were not simply taken")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setAlternatingRowColors(True)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 6)
        view.horizontalHeader().setStretchLastSection(True)
        view.horizontalHeader().setHighlightSections(False)
        return view

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(plain_label("&Layout", buddy=self.layout_box))
        row.addWidget(self.layout_box)
        row.addSpacing(16)
        row.addWidget(plain_label("S&ymbol", buddy=self.symbol))
        row.addWidget(self.symbol)
        row.addWidget(self.named_by)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        for part in (self.said, self.counts, self.series):
            column.addWidget(part)
        column.addWidget(self.view, 1)

    def show_asked(self, asked: Asked) -> None:
        """Show how a file stands."""
        self._shown = asked.plan
        self._show_choices(asked)
        self.said.setText(asked.text)
        set_text_colour(self.said, self._theme.red if asked.reason else "")
        plan = asked.plan
        self.counts.setText(_counts(plan) if plan is not None else "")
        self.series.setText("\n".join(series_texts(plan)) if plan is not None else "")
        self.model_.show_rows(fate_rows(plan) if plan is not None else ())
        self.view.setVisible(self.model_.rowCount() > 0)
        self.view.resizeColumnsToContents()

    def _show_choices(self, asked: Asked) -> None:
        plan = asked.plan
        names = plan.layouts if plan is not None and asked.layout is None else tuple(TITLES)
        used = plan.parsed.layout if plan is not None else asked.layout
        self.layout_box.clear()
        if used is None:
            self.layout_box.addItem("by its content", ANY)
        for name in names:
            self.layout_box.addItem(TITLES.get(name, name), name)
        self.layout_box.setCurrentIndex(max(self.layout_box.findData(used), 0))
        self.layout_box.setEnabled(self.layout_box.count() > 1)
        self.symbol.setText(asked.symbol or (plan.symbol if plan is not None else ""))
        names_itself = plan is not None and plan.symbol_from == "layout"
        self.symbol.setEnabled(not names_itself)
        self.named_by.setText(_named_by(plan))
        set_text_colour(self.named_by, self._theme.text_muted)

    def _ask(self) -> None:
        chosen = self.layout_box.currentData() or None
        is_proposed = self._shown is not None and chosen == self._shown.layouts[0]
        symbol = self.symbol.text().strip()
        was_proposed = self._shown is not None and symbol == self._shown.symbol
        self.asked_again.emit(None if is_proposed else chosen, None if was_proposed or not symbol else symbol)


def _counts(plan: ImportPlan) -> str:
    parts = [f"{number_text(plan.parsed.rows, 0)} rows:"]
    parts += [f"{number_text(count, 0)} {word}" for word, count in count_texts(plan)]
    missing = len(plan.parsed.missing_sessions)
    return "   ".join([*parts, f"{missing} sessions without a row"])


def _named_by(plan: ImportPlan | None) -> str:
    if plan is None or plan.symbol_from == "given":
        return ""
    words = {
        "header": "from the file's header",
        "file name": "from the file's name",
        "layout": "named by the layout",
    }
    return words.get(plan.symbol_from, plan.symbol_from)
