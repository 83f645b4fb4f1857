"""What does each rule ask for, in dollars and in contracts? Side by side, and the one that is followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.measures.spot_vol import BASE
from core.playbook.exposure import (
    PERCENT,
    Span,
    breadth_span,
    composite,
    cover_by_layer,
    regime_span,
    static_line,
)
from core.playbook.sizing_frame import derived
from core.playbook.stress import gain_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.playbook.parameters import Playbook
    from core.playbook.sizing_frame import Frame, SizingFacts

EXPOSURE = "delta notional: multiplier x delta x VX future"
UNKNOWN_BREADTH = "breadth is unknown, and its minimum would decide"
SOURCES = {
    "ladder": "000",
    "budget": "001",
    "regime": "003",
    "static": "003",
    "breadth": "004",
    "contracts": "public",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What one rule asks for: dollars of delta notional (its aim, and from low to high where it is a span).

    `calls` and `vxm` say the aim in layer 1's call and in VXM futures of its expiry; `premium` is what it would
    cost in calls.
    """

    rule: str
    exposure: Figure
    low: Figure
    high: Figure
    calls: Figure
    vxm: Figure
    premium: Figure
    source: str


@dataclass(frozen=True)
class Needs:
    """The contracts of each layer that cover its slice of the ladder in the design stress; not whole numbers."""

    cover_pct: Mapping[int, float]
    contracts: Mapping[int, Figure]


def needs_of(frame: Frame, facts: SizingFacts, playbook: Playbook) -> Needs | None:
    """Return what the ladder needs of each layer, None where EDR is unknown."""
    if facts.edr.value is None:
        return None
    cover = cover_by_layer(facts.edr.value, playbook)
    return Needs(cover, {k: _need(k, share, frame) for k, share in cover.items()})


def _need(number: int, share: float, frame: Frame) -> Figure:
    stress = frame.stress
    hedge, formula = frame.hedges[number], "share of the risk / gain of one contract in the design stress"
    if stress is None:
        return unknown("no condor has a put spread: there is no design stress", "contracts", formula)
    gain = gain_in(hedge, stress, frame.market, BASE)
    if gain <= 0:
        reason = f"{hedge.text} would not gain at SPX {stress.spx:g}: it loses ${-gain:,.0f}"
        return unknown(reason, "contracts", formula)
    return derived(lambda risk: share / PERCENT * risk / gain, "contracts", formula, frame.risk)


def wishes(frame: Frame, facts: SizingFacts, playbook: Playbook, needs: Needs | None) -> tuple[Wish, ...]:
    """Return what every rule asks for, in the order of the seeds."""
    spans: dict[str, tuple[Figure, Figure, Figure]] = {
        "ladder": _same(_ladder(frame, facts, needs)),
        "budget": _same(_budget(frame, playbook)),
        "regime": _regime(frame, facts, playbook),
        "static": _same(derived(lambda n: static_line(n, playbook), "$", "notional.static", frame.notional)),
        "breadth": _breadth(frame, facts, playbook),
        "contracts": _same(_contracts(frame, facts, playbook)),
    }
    return tuple(_wish(rule, span, frame) for rule, span in spans.items())


def _same(figure: Figure) -> tuple[Figure, Figure, Figure]:
    return figure, figure, figure


def _wish(rule: str, span: tuple[Figure, Figure, Figure], frame: Frame) -> Wish:
    call, vxm = next(iter(frame.hedges.values())), frame.vxm
    aim, low, high = span
    return Wish(
        rule,
        aim,
        low,
        high,
        calls=derived(lambda e: e / call.exposure, "contracts", f"exposure / that of {call.text}", aim),
        vxm=derived(lambda e: e / vxm.exposure, "contracts", f"exposure / that of {vxm.text}", aim),
        premium=derived(lambda e: e / call.exposure * call.outlay, "$", f"in {call.text}", aim),
        source=SOURCES[rule],
    )


def _ladder(frame: Frame, facts: SizingFacts, needs: Needs | None) -> Figure:
    formula = f"contracts that cover each layer's slice, {EXPOSURE}"
    if needs is None:
        return unknown(facts.edr.unknown, "$", formula)
    exposures = [frame.hedges[number].exposure for number in needs.contracts]
    return derived(
        lambda *counts: sum(count * dollars for count, dollars in zip(counts, exposures, strict=True)),
        "$",
        formula,
        *needs.contracts.values(),
    )


def _budget(frame: Frame, playbook: Playbook) -> Figure:
    call, share = next(iter(frame.hedges.values())), playbook.number("budget.L1")
    formula = f"{share:g} % of the credit, spent on {call.text}"
    return derived(
        lambda c: max(c, 0.0) * share / PERCENT / call.outlay * call.exposure, "$", formula, frame.credit
    )


def _regime(frame: Frame, facts: SizingFacts, playbook: Playbook) -> tuple[Figure, Figure, Figure]:
    vix = facts.market.vix or 0.0
    return _span(
        frame, f"share of notional by the VIX band, VIX {vix:.2f}", lambda n: regime_span(vix, n, playbook)
    )


def _breadth(frame: Frame, facts: SizingFacts, playbook: Playbook) -> tuple[Figure, Figure, Figure]:
    if breadth_span(facts.warning, 1.0, playbook) is None:
        return _same(unknown("breadth is unknown", "$", "share of notional on a divergence"))
    grade = facts.warning.name.lower()
    return _span(
        frame,
        f"share of notional on a divergence, grade {grade}",
        lambda n: breadth_span(facts.warning, n, playbook) or Span(0.0, 0.0),
    )


def _span(frame: Frame, formula: str, span: Callable[[float], Span]) -> tuple[Figure, Figure, Figure]:
    return (
        derived(lambda n: span(n).aim, "$", formula, frame.notional),
        derived(lambda n: span(n).low, "$", formula, frame.notional),
        derived(lambda n: span(n).high, "$", formula, frame.notional),
    )


def _contracts(frame: Frame, facts: SizingFacts, playbook: Playbook) -> Figure:
    lots = sum(condor.quantity for condor in facts.condors)
    dollars = sum(per_ten(number, lots, playbook) * hedge.exposure for number, hedge in frame.hedges.items())
    return known(dollars, "$", f"fixed contracts for ten condors, {EXPOSURE}")


def per_ten(number: int, lots: int, playbook: Playbook) -> float:
    """Return the contracts of a layer by the public ratio (4, 4, 2 for ten condors)."""
    return playbook.count(f"layer.{number}.per_ten") * lots / 10.0


def target_of(found: tuple[Wish, ...], playbook: Playbook, frame: Frame) -> tuple[Figure, str]:
    """Return the exposure that the playbook aims at, and what decided it."""
    rule, by_rule = playbook.text("sizing.rule"), {wish.rule: wish for wish in found}
    if rule != "composite":
        return by_rule[rule].exposure, rule
    ladder, band, breadth = by_rule["ladder"].exposure, by_rule["regime"], by_rule["breadth"].exposure
    formula = "max(ladder, breadth minimum), within the VIX band"
    if frame.notional.value is None or ladder.value is None or band.low.value is None or band.high.value is None:
        missing = next(f.unknown for f in (ladder, frame.notional, band.low, band.high) if f.value is None)
        return unknown(missing, "$", formula), ""
    minimum = None if breadth.value is None else Span(breadth.value, breadth.value)
    decided = composite(ladder.value, minimum, Span(band.low.value, band.high.value))
    if decided is None:
        return unknown(UNKNOWN_BREADTH, "$", formula), ""
    return known(decided[0], "$", formula), decided[1]
