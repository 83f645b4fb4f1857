"""Which layers were triggered, and which were held? One row a layer, in the sessions of the other charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.times import exchange_date
from core.playbook.parameters import LAYER_NUMBERS
from core.playbook.verdict import Trigger
from gui.charts.header import Piece
from gui.charts.labels import Label
from gui.charts.live import live_days
from gui.charts.pane import Pane
from gui.charts.timeline import LAYERS, Timeline
from gui.formats import PROVISIONAL_MARK

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from core.playbook.parameters import Playbook
    from core.state import LayerState, MonitorState, Past
    from gui.charts.span import Span
    from gui.theme import Theme

LEGEND = "hatched armed · solid confirmed · crossed blocked · dotted unknown · thin bar below: position live"


class LayersPane(Pane):
    """The timeline of states. The value axis counts rows from the bottom: L4 at 0..1, L1 at 3..4."""

    def __init__(self, theme: Theme) -> None:
        """Make the pane without data."""
        super().__init__(theme)
        self.timeline = Timeline(self.box, theme)
        self._days: NDArray[np.datetime64] = np.empty(0, "datetime64[D]")
        self._pointed, self._closes = -1, 0
        self._name(tuple(f"L{number}" for number in LAYER_NUMBERS))

    def _name(self, names: tuple[str, ...]) -> None:
        self.scale.fixed = tuple((_height(row), name) for row, name in enumerate(names))

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        super().dress(theme)
        self.timeline.dress(theme)

    def fill(self, past: Past, _playbook: Playbook) -> None:
        """Take the triggers of the closes."""
        self._days = past.history.calendar.days[past.history.first :]
        self._closes = past.history.length
        self.timeline.fill(past.triggers.state)

    def put(self, index: int, state: MonitorState) -> None:
        """Take the provisional triggers."""
        for row, layer in enumerate(state.layers):
            self.timeline.put(row, index, layer.provisional or Trigger.UNKNOWN)

    def cut(self, length: int) -> None:
        """Drop the provisional triggers."""
        self.timeline.cut(length)

    def hold(self, state: MonitorState) -> None:
        """Take the names of the layers and the days they were held, up to the day of the state."""
        today = exchange_date(state.as_of)
        self._name(tuple(layer.name for layer in state.layers))
        self.timeline.hold(tuple(self._stretches(layer, today) for layer in state.layers))
        self.scale.update()

    def _stretches(self, layer: LayerState, today: date) -> tuple[tuple[float, float], ...]:
        """Return the stretches of x in which the layer was held: whole sessions, the first and last included."""
        days = [stretch for holding in layer.holdings for stretch in live_days(holding.fills)]
        starts = np.searchsorted(self._days, np.array([start for start, _ in days], "datetime64[D]"))
        last = np.array([min(end or today, today) for _, end in days], "datetime64[D]")
        ends = np.searchsorted(self._days, last, side="right")
        return tuple(zip((starts - 0.5).tolist(), (ends - 0.5).tolist(), strict=True))

    def notice(self) -> None:
        """Say nothing: empty rows are plain, and the panes above say what to do."""

    def value_range(self, _span: Span) -> tuple[float, float]:
        """Return the rows."""
        return 0.0, float(LAYERS)

    def show_span(self, span: Span, dates: list[int]) -> None:
        """Show these sessions."""
        super().show_span(span, dates)
        self.timeline.show_range(span, self.values)

    def point_at(self, index: int) -> None:
        """Name the states of a session at the right."""
        super().point_at(index)
        self._pointed = index
        self.labels.show_labels(self.values, self._states(index))

    def labels_at(self, _span: Span) -> tuple[Label, ...]:
        """Return the states of the session last pointed at."""
        return self._states(self._pointed)

    def _states(self, index: int) -> tuple[Label, ...]:
        found = [(row, self.timeline.trigger_at(row, index)) for row in range(LAYERS)]
        return tuple(
            Label(_height(row), f"{trigger}{self._mark_at(index)}", _role(trigger), True)
            for row, trigger in found
            if trigger is not None
        )

    def _mark_at(self, index: int) -> str:
        """Return the mark of a state that is provisional, "" for one of a close."""
        return PROVISIONAL_MARK if index >= self._closes else ""

    def pieces(self, _index: int) -> tuple[Piece, ...]:
        """Return the key to the patterns."""
        return (Piece("Layers", "title"), Piece(LEGEND, "note"))

    def words(self, index: int) -> list[str]:
        """Return each layer's state at a session, and whether it was held."""
        return [self._word(row, index) for row in range(LAYERS)]

    def _word(self, row: int, index: int) -> str:
        trigger = self.timeline.trigger_at(row, index)
        held = any(x0 <= index <= x1 for x0, x1 in self.timeline.live[row])
        return f"L{row + 1} {trigger.value if trigger else 'unknown'}{', position live' if held else ''}"


def _height(row: int) -> float:
    """Return the middle of a row on the value axis."""
    return LAYERS - row - 0.5


def _role(trigger: Trigger) -> str:
    return "text_muted" if trigger is Trigger.OFF else f"trigger_{trigger}"
