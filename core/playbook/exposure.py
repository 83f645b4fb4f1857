"""How much hedge does each rule of the seeds ask for? Shares of the risk by layer, dollars of delta notional.

The four bases differ (playbook C4): the ladder covers the condors' risk, the bands, the static line and the
breadth minimum are shares of a notional, the budget one of the credit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.measures.breadth import Grade
from core.playbook.ladder import ladder
from core.playbook.parameters import LAYER_NUMBERS

if TYPE_CHECKING:
    from core.playbook.parameters import Playbook

PERCENT = 100.0
BANDS = ("low", "middle", "high")
VXTH = ((15.0, 0.0), (30.0, 1.0), (50.0, 0.5))
VXTH_ABOVE = 0.0
"""Share of the portfolio (percent) that the Cboe VIX Tail Hedge Index puts into calls, by VIX forward up to."""


@dataclass(frozen=True, slots=True)
class Span:
    """Dollars of delta notional from `low` to `high`; `aim` is the point that a rule alone aims at."""

    low: float
    high: float

    @property
    def aim(self) -> float:
        """The middle of the span (assumption: the seeds name none)."""
        return (self.low + self.high) / 2.0


def layers_enabled(playbook: Playbook) -> list[int]:
    """Return the numbers of the layers that are switched on."""
    return [number for number in LAYER_NUMBERS if playbook.flag(f"layer.{number}.enabled")]


def cover_by_layer(edr_pct: float, playbook: Playbook) -> dict[int, float]:
    """Return the share of the risk (percent) that each layer is to cover at this EDR, by layer number.

    The ladder's coverage is filled up in slices of the base, inner layer first; then layer k weighs
    growth^max(0, k-2) as much as its slice (seed 000: "progressively weighted") and all are scaled to the same
    sum. Empty below the first rung. Where layers are switched off, no more than the others' bases is covered.
    """
    found, enabled = ladder(edr_pct, playbook), layers_enabled(playbook)
    steps, base = playbook.text("ladder.mode") == "steps", playbook.number("ladder.base")
    cover = found.step_coverage_pct if steps else found.coverage_pct
    total = cover if len(enabled) == len(LAYER_NUMBERS) else min(cover, base * len(enabled))
    slices = [min(base, max(total - base * at, 0.0)) for at in range(len(enabled))]
    growth = playbook.number("ladder.growth")
    weights = {k: part * growth ** max(0, k - 2) for k, part in zip(enabled, slices, strict=True) if part > 0}
    return {number: total * weight / sum(weights.values()) for number, weight in weights.items()}


def regime_span(vix: float, notional: float, playbook: Playbook) -> Span:
    """Return the span of the VIX band (seed 003: below 15, 15 to 25, above 25).

    With regime.blend the percentages run straight from one band's to the next over so many points of VIX
    around the limit (playbook C5).
    """
    low, high = playbook.number("regime.low_vix"), playbook.number("regime.high_vix")
    width = playbook.number("regime.blend")
    if width > 0 and abs(vix - low) < width:
        shares = _blend(playbook, 0, (vix - low + width) / (2.0 * width))
    elif width > 0 and abs(vix - high) < width:
        shares = _blend(playbook, 1, (vix - high + width) / (2.0 * width))
    else:
        shares = _band_shares(playbook, int(vix >= low) + int(vix > high))
    return Span(*(notional * share / PERCENT for share in shares))


def _band_shares(playbook: Playbook, band: int) -> tuple[float, float]:
    name = BANDS[band]
    return playbook.number(f"regime.{name}_from"), playbook.number(f"regime.{name}_to")


def _blend(playbook: Playbook, band: int, part: float) -> tuple[float, float]:
    below, above = _band_shares(playbook, band), _band_shares(playbook, band + 1)
    low, high = (one + part * (other - one) for one, other in zip(below, above, strict=True))
    return low, high


def breadth_span(warning: Grade, notional: float, playbook: Playbook) -> Span | None:
    """Return what a divergence asks for from the minor grade on, nothing below it; None where it is unknown.

    `warning` is the grade of a bearish or slope divergence (NONE without one).
    """
    if warning == Grade.UNKNOWN:
        return None
    if warning < Grade.MINOR:
        return Span(0.0, 0.0)
    shares = (playbook.number("ad.layer_low"), playbook.number("ad.layer_high"))
    return Span(*(notional * share / PERCENT for share in shares))


def static_line(notional: float, playbook: Playbook) -> float:
    """Return the static reference line (seed 003: 10 % of notional)."""
    return notional * playbook.number("notional.static") / PERCENT


def composite(ladder_dollars: float, breadth: Span | None, band: Span) -> tuple[float, str] | None:
    """Return E* = max(ladder, breadth minimum) within the band, and what decided it (playbook 7.2).

    None where breadth is unknown and would change it.
    """
    if breadth is None:
        without, with_any = (composite(ladder_dollars, Span(at, at), band) for at in (0.0, band.high))
        return without if without is not None and with_any is not None and without[0] == with_any[0] else None
    wanted = max(ladder_dollars, breadth.aim)
    if wanted > band.high:
        return band.high, "top of the VIX band"
    if wanted < band.low:
        return band.low, "bottom of the VIX band"
    return wanted, "ladder" if ladder_dollars >= breadth.aim else "breadth minimum"


def vxth_pct(vix_forward: float) -> float:
    """Return the percent of the portfolio that the Cboe VIX Tail Hedge Index would put into VIX calls.

    By its published schedule: up to 15 none, to 30 1 %, to 50 0.5 %, above none. A comparison, no rule of the
    seeds: it hedges less at a high VIX, where seed 003 hedges more (playbook C31).
    """
    return next((share for limit, share in VXTH if vix_forward <= limit), VXTH_ABOVE)
