"""What must be seen in two seconds? P/L, the nearest break-even with and without the hedge, and the worst case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.banner import ElidedLabel
from gui.formats import UNKNOWN_TEXT, figure_text, figure_tooltip, number_text, profit_text
from gui.risk.cell import sign_role
from gui.widgets import plain_label, scaled_font, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.monitor.risk_nearest import Nearest
    from core.risk_state import RiskState
    from core.state import ShortDistance
    from gui.theme import Theme

BIG = 1.55
NO_BREAK_EVEN, NO_POSITION = "no break-even", "no position is open"
CELLS = ("profit", "hedged", "bare", "worst", "theta")


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says: a caption, a big text in the colour of a role, a line below, all of it as tooltip."""

    caption: str
    big: str
    below: str = ""
    tooltip: str = ""
    role: str = "text"


def headline(state: RiskState, nearest: Nearest) -> dict[str, Said]:
    """Return what each cell says of a picture."""
    what_if = "what-if " if state.asked.is_what_if else ""
    return {
        "profit": _profit(state, what_if),
        "hedged": _nearest("nearest break-even hedged", nearest.hedged, state),
        "bare": _nearest("condors alone", nearest.bare, state),
        "worst": _worst(state),
        "theta": _theta(state),
    }


def _profit(state: RiskState, what_if: str) -> Said:
    hedged, bare = state.point.hedged, state.point.bare
    below = f"condors alone {profit_text(bare.value, 0)}" if bare.is_known else ""
    where = f"at SPX {figure_text(state.point.spx, decimals=1, has_unit=False)}"
    where += f", VIX {figure_text(state.point.vix, decimals=1, has_unit=False)}"
    tooltip = f"{figure_tooltip(hedged, 'P/L with the layers')}\n\n{figure_tooltip(bare, 'of the condors alone')}"
    if not hedged.is_known:
        return Said(f"{what_if}P/L {where}", UNKNOWN_TEXT, hedged.unknown, tooltip, "unknown")
    return Said(f"{what_if}P/L {where}", profit_text(hedged.value, 0), below, tooltip, sign_role(hedged.value))


def _nearest(name: str, found: ShortDistance | None, state: RiskState) -> Said:
    if found is None:
        reason = next(iter(state.unknown), NO_BREAK_EVEN if state.legs else NO_POSITION)
        return Said(name, UNKNOWN_TEXT, reason, reason, "unknown")
    is_crossed = found.points.value is not None and found.points.value < 0
    edrs = figure_text(found.edrs, decimals=1) if found.edrs.is_known else "EDR unknown"
    below = f"{figure_text(found.points, decimals=1, has_unit=False)} points, {edrs}"
    below += ", crossed" if is_crossed else ""
    arrow = "▼" if "put" in found.side else "▲"
    tooltip = "\n\n".join(figure_tooltip(one, name) for one in (found.points, found.pct, found.edrs))
    big = f"{arrow} {number_text(found.level, 1)}"
    return Said(f"{name}, {found.side}", big, below, tooltip, "loss" if is_crossed else "text")


def _worst(state: RiskState) -> Said:
    """Return the worst P/L at expiry of both sides, and where it is: the hedge helps one of them alone."""
    curve = state.curve("expiry")
    sides = curve.sides if curve is not None else ()
    known = [(side.worst.value, side) for side in sides if side.worst.value is not None]
    if not known:
        reason = next(iter(state.unknown), "no condor is open")
        return Said("worst at expiry", UNKNOWN_TEXT, reason, reason, "unknown")
    value, worst = min(known, key=lambda one: one[0])
    below = "   ".join(f"{side.side} side {profit_text(least, 0)}" for least, side in known)
    tooltip = "\n\n".join(figure_tooltip(side.worst, f"{side.side} side") for _, side in known)
    caption = f"worst at expiry, SPX {number_text(worst.worst_at, 0)}"
    return Said(caption, profit_text(value, 0), below, tooltip, sign_role(value))


def _theta(state: RiskState) -> Said:
    found: Figure | None = next((gauge.value for gauge in state.gauges if gauge.key == "theta"), None)
    if found is None or not found.is_known:
        reason = found.unknown if found is not None else "not asked for"
        return Said("theta a day", UNKNOWN_TEXT, reason, reason, "unknown")
    rows = {row.group: row for row in state.greeks}
    delta = f"SPX +1 % {profit_text(rows['book'].delta.value, 0)}" if "book" in rows else ""
    text = profit_text(found.value, 0)
    return Said("theta a day", text, delta, figure_tooltip(found, "theta"), sign_role(found.value))


class HeadlineCell(QWidget):
    """One of the cells."""

    def __init__(self) -> None:
        super().__init__()
        self.caption, self.big, self.below = ElidedLabel(), plain_label(), ElidedLabel()
        self.big.setFont(scaled_font(self.font(), BIG, is_bold=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self.caption, self.big, self.below):
            column.addWidget(label)
        for label in (self.caption, self.below):  # a narrow window cuts after a word, never a number in two
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def say(self, said: Said, theme: Theme) -> None:
        """Show what is said."""
        self.big.setText(said.big)
        for label, text in ((self.caption, said.caption), (self.below, said.below)):
            if label.full_text != text:
                label.show_text(text)
        set_text_colour(self.caption, theme.text_muted)
        set_text_colour(self.big, getattr(theme, said.role))
        set_tooltip(self, said.tooltip)
        self.setAccessibleName(f"{said.caption}: {said.big}, {said.below}")


class Headline(QWidget):
    """The cells side by side."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.cells = {name: HeadlineCell() for name in CELLS}
        self._said: dict[str, Said] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(20)
        for cell in self.cells.values():
            row.addWidget(cell)
        row.addStretch(1)
        self.row = row

    def show_state(self, state: RiskState, nearest: Nearest) -> None:
        """Say what a picture says."""
        self._said = headline(state, nearest)
        self.set_theme(self.theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.theme = theme
        for name, said in self._said.items():
            self.cells[name].say(said, theme)
