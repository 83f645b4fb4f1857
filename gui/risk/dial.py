"""How is one value of the what-if set? By slider, by number, or not at all: then it follows the market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSizePolicy, QSlider, QWidget

from gui.widgets import plain_label, push_button, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from gui.theme import Theme

PAGE_STEPS = 10
DECIMALS = 1
SLIDER_PX = 90


class Dial(QWidget):
    """A slider and a number box that move together. `changed` comes when the user sets or frees the value.

    `free_text` stands beside the name of one that has no value in the market while it is free.
    """

    changed = Signal()

    def __init__(self, name: str, unit: str, step: float, *, free_text: str = "") -> None:
        super().__init__()
        self.name, self.step, self.free_text = name, step, free_text
        self.value: float | None = None
        self.label = plain_label(name)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMinimumWidth(SLIDER_PX)
        self.slider.setPageStep(PAGE_STEPS)
        self.slider.setAccessibleName(f"what-if {name}, slider")
        self.box = QDoubleSpinBox()
        self.box.setLocale(QLocale.c())
        self.box.setDecimals(DECIMALS)
        self.box.setSingleStep(step)
        self.box.setSuffix(f" {unit}" if unit else "")
        self.box.setKeyboardTracking(False)
        self.box.setAccessibleName(f"what-if {name}")
        self.free_button = push_button("✕", self.free, tip=f"Let {name} follow the market again")
        self.free_button.setAccessibleName(f"free {name}")
        self.free_button.setFixedWidth(self.fontMetrics().height() + 6)
        self._lay_out()
        self.slider.valueChanged.connect(lambda place: self._take(place * self.step))
        self.box.valueChanged.connect(self._take)
        self.set_range(0.0, 1.0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self.label, self.slider, self.box, self.free_button):
            row.addWidget(part)
        row.setStretchFactor(self.slider, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_range(self, low: float, high: float) -> None:
        """Let the value go from low to high; one that is set is kept inside."""
        with QSignalBlocker(self.slider), QSignalBlocker(self.box):
            self.slider.setRange(round(low / self.step), round(high / self.step))
            self.box.setRange(low, high)
        if self.value is not None:
            self.value = min(max(self.value, low), high)
        self._show_state()

    def follow(self, value: float | None) -> None:
        """Show where the market has it, unless a value is set."""
        if self.value is None and value is not None and not self.box.hasFocus():
            self._show(value)

    def set_value(self, value: float | None) -> None:
        """Set a value, or free it, without telling."""
        self.value = value
        if value is not None:
            self._show(value)
        self._show_state()

    def free(self) -> None:
        """Let it follow the market."""
        if self.value is not None:
            self.set_value(None)
            self.changed.emit()

    def _take(self, value: float) -> None:
        self.set_value(value)
        self.changed.emit()

    def _show(self, value: float) -> None:
        with QSignalBlocker(self.slider), QSignalBlocker(self.box):
            self.slider.setValue(round(value / self.step))
            self.box.setValue(value)

    def _show_state(self) -> None:
        is_set = self.value is not None
        self.free_button.setEnabled(is_set)
        self.label.setText(self.name if is_set else f"{self.name} {self.free_text}".strip())
        set_tooltip(self.label, f"{self.name} is {'what you set' if is_set else 'as the market has it'}")

    def set_theme(self, theme: Theme) -> None:
        """Write the name in the colour of the what-if while the value is set."""
        set_text_colour(self.label, theme.amber if self.value is not None else "")
