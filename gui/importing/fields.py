"""What may the user say about a file? Its layout, symbol, time zone and day, where the file does not say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from core.market.times import TimeRefusedError, parse_date
from core.parsing.mapping import NAME as OWN_COLUMNS
from core.parsing.registry import LAYOUTS
from db.import_plan import Told
from gui.widgets import line_field, plain_label, push_button, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from db.import_file import ImportPlan
    from gui.importing.asked import Asked
    from gui.theme import Theme

ANY = ""
TITLES = {layout.name: layout.title for layout in LAYOUTS} | {OWN_COLUMNS: "the columns that you named"}
ZONES = ("", "New York", "Chicago", "UTC", "London")
SYMBOL_TIP = "The symbol, or of a breadth file its universe. Enter reads the file again."
ZONE_TIP = "Of times of day that name no zone: New York, Chicago, UTC or a name like Europe/Berlin."
DAY_TIP = "The day that a file is about which does not hold it: 2026-01-16. Enter reads the file again."
COLUMNS_TIP = "Say yourself what is in which column; it is kept for all files with the same header"
FROM = {
    "header": "from the file's header",
    "file name": "from the file's name",
    "layout": "named by the layout",
    "given": "",
}


class FileFields(QWidget):
    """The fields of one file. `told` carries a Told when the user said something; `refused` why it cannot be."""

    told = Signal(object)
    refused = Signal(str)
    columns_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._plan: ImportPlan | None = None
        self._asked: Asked | None = None
        self.layout_box, self.zone = QComboBox(), QComboBox()
        self.layout_box.setAccessibleName("Layout of the file")
        self.zone.setAccessibleName("Time zone of the file's times of day")
        self.zone.setEditable(True)
        self.zone.addItems(ZONES)
        self.symbol = line_field("Symbol or universe", chars=14)
        self.day = line_field("Trade date", hint="in the file", chars=10)
        self.named_by = plain_label()
        self.columns = push_button("&Columns…", self.columns_requested.emit, tip=COLUMNS_TIP)
        for widget, tip in ((self.symbol, SYMBOL_TIP), (self.zone, ZONE_TIP), (self.day, DAY_TIP)):
            set_tooltip(widget, tip)
        self._lay_out()
        for signal in (self.layout_box.activated, self.zone.activated):
            signal.connect(lambda _index: self._tell())
        for field in (self.symbol, self.day):
            field.returnPressed.connect(self._tell)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        rows = (
            (("&Layout", self.layout_box), ("S&ymbol", self.symbol)),
            (("Time &zone", self.zone), ("Trade &date", self.day)),
        )
        for line, parts in enumerate(rows):
            for place, (text, widget) in enumerate(parts):
                grid.addWidget(_label(text, widget), line, 2 * place)
                grid.addWidget(widget, line, 2 * place + 1)
        grid.addWidget(self.named_by, 0, 4)
        grid.addWidget(self.columns, 1, 4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 1)

    def show_asked(self, asked: Asked) -> None:
        """Show what is known of a file, and what the user said of it."""
        self._asked, self._plan = asked, asked.plan
        self._show_layouts(asked)
        plan = asked.plan
        self.symbol.setText(asked.told.symbol or (plan.symbol if plan is not None else ""))
        self.symbol.setEnabled(plan is None or plan.symbol_from != "layout")
        self.zone.setEditText(asked.told.zone)
        self.day.setText(asked.told.day.isoformat() if asked.told.day else "")
        self.named_by.setText(FROM[plan.symbol_from] if plan is not None else "")
        set_text_colour(self.named_by, self._theme.text_muted)
        self.setEnabled(asked.result is None)

    def _show_layouts(self, asked: Asked) -> None:
        plan = asked.plan
        told = OWN_COLUMNS if asked.told.mapping is not None else asked.told.layout
        used = plan.parsed.layout if plan is not None else told
        is_proposed = plan is not None and not asked.told.layout and used != OWN_COLUMNS
        names = plan.layouts if plan is not None and is_proposed else tuple(layout.name for layout in LAYOUTS)
        self.layout_box.clear()
        if not used:
            self.layout_box.addItem("by its content", ANY)
        for name in dict.fromkeys((used, *names) if used else names):
            self.layout_box.addItem(TITLES[name], name)
        self.layout_box.setCurrentIndex(max(self.layout_box.findData(used), 0))
        self.layout_box.setEnabled(self.layout_box.count() > 1)

    def _tell(self) -> None:
        """Send what stands in the fields; what is only proposed is not said by the user."""
        plan, layout, symbol = self._plan, self.layout_box.currentData() or "", self.symbol.text().strip()
        day = self.day.text().strip()
        try:
            said_day = parse_date(day) if day else None
        except TimeRefusedError as error:
            self.refused.emit(f"Trade date: {error}")
            return
        is_own = layout in {ANY, OWN_COLUMNS}
        is_proposed = plan is not None and layout == plan.layouts[0]
        was_proposed = plan is not None and symbol == plan.symbol and plan.symbol_from != "given"
        mapping = self._asked.told.mapping if is_own and self._asked is not None else None
        told_layout = "" if is_own or is_proposed else layout
        self.told.emit(
            Told(told_layout, "" if was_proposed else symbol, self.zone.currentText().strip(), said_day, mapping)
        )


def _label(text: str, buddy: QWidget) -> QLabel:
    return plain_label(text, buddy=buddy)
