"""What is being hedged, in which stress, and with what? The risk, the notional and one contract for each layer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.playbook.condor_greeks import SPX_MULTIPLIER, CondorGreeks, condor_greeks, lots_of
from core.playbook.exposure import layers_enabled
from core.playbook.hedge import (
    NoHedgeError,
    aligned,
    by_delta,
    call_spreads,
    calls,
    expiry_near,
    future,
    priced_expiries,
)
from core.playbook.hedge_keys import ALIGNED, CALL, STRESS_DAY
from core.playbook.stress import VXM, Hedge, Stress
from core.positions.contract import expiry_moment
from core.valuation.break_evens import bare_break_evens
from core.valuation.forwards import present
from core.valuation.hedge_leg import put_wing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from core.measures.breadth import Grade
    from core.playbook.hedge import Quotes
    from core.playbook.parameters import Playbook
    from core.positions.book import Account, Condor
    from core.valuation.forwards import MarketNow, MarketThen

PERCENT = 100.0
NONE_ALIGNED = "no strike both breaks even in the put wing and gains in the design stress: chosen by delta"


@dataclass(frozen=True)
class SizingFacts:
    """The condors to be hedged and what sizing reads beside them.

    `warning` is the grade of a bearish or slope divergence: NONE without one, UNKNOWN where it is unknown.
    `part` is the share of the book's risk that the condors are: the stated notional and equity count by it.
    `then` gives the market at the condors' fills; without it their greeks, and so the bounds, are unknown.
    """

    condors: tuple[Condor, ...]
    market: MarketNow
    edr: Figure
    warning: Grade
    account: Account | None = None
    quotes: Quotes = field(default_factory=dict)
    part: float = 1.0
    then: MarketThen | None = None


@dataclass(frozen=True)
class Frame:
    """Dollars at risk, collected and of notional; the design stress a day on and at expiry; a call by layer.

    `stress` is the one of the two that coverage is sized for (sizing.stress).
    """

    risk: Figure
    credit: Figure
    notional: Figure
    equity: Figure
    day: Stress | None
    expiry: Stress | None
    stress: Stress | None
    hedges: Mapping[int, Hedge]
    vxm: Hedge
    market: MarketNow
    greeks: CondorGreeks


def derived(function: Callable[..., float], unit: str, formula: str, *parts: Figure) -> Figure:
    """Return what a function makes of figures; unknown for the first reason where one of them is unknown."""
    values = [part.value for part in parts]
    missing = next((part.unknown for part in parts if part.value is None), "")
    return unknown(missing, unit, formula) if missing else known(function(*values), unit, formula)


def frame_of(facts: SizingFacts, playbook: Playbook) -> Frame:
    """Return what is hedged and with what. Raises NoHedgeError where nothing can be priced."""
    market = facts.market
    if not facts.condors:
        raise NoHedgeError("no condor is open")
    for name, level in (("SPX", market.spx), ("VIX", market.vix)):
        if present(level) is None:
            raise NoHedgeError(f"no {name} value")
    design = _design(facts.condors)
    day, expiry = (_stress(design, facts, at_expiry=at_expiry) for at_expiry in (False, True))
    stress = day if playbook.text("sizing.stress") == STRESS_DAY else expiry
    priced = priced_expiries(market)
    hedges = {k: _hedge(k, facts, playbook, (design, stress, priced)) for k in layers_enabled(playbook)}
    if not hedges:
        raise NoHedgeError("every layer is switched off in the playbook")
    risk = risk_of(facts.condors)
    return Frame(
        risk=risk,
        credit=known(sum(float(condor.cash) for condor in facts.condors), "$", "cash of the condors before fees"),
        notional=_notional(facts, playbook, risk),
        equity=_equity(facts),
        day=day,
        expiry=expiry,
        stress=stress,
        hedges=hedges,
        vxm=future(VXM, next(iter(hedges.values())).expiry, market),
        market=market,
        greeks=condor_greeks(facts.condors, market, facts.then),
    )


def risk_of(condors: Sequence[Condor]) -> Figure:
    """Return the dollars that the condors can lose together at expiry after fees (notional risk, playbook 7.2)."""
    formula = "sum of the condors' greatest losses at expiry, after fees"
    total = 0.0
    for condor in condors:
        found = bare_break_evens(condor).min_profit
        if found is None or found.value is None:
            reason = found.unknown if found is not None else "no open leg"
            return unknown(f"condor {condor.id}: {reason}", "$", formula)
        total += max(-found.value, 0.0)
    return known(total, "$", formula) if total > 0 else unknown("the condors cannot lose", "$", formula)


def _design(condors: Sequence[Condor]) -> Condor | None:
    """Return the condor whose long put is the highest: the first to lose all that it can."""
    winged = [(put_wing(condor), condor) for condor in condors]
    found = [(wing[0], condor.id, condor) for wing, condor in winged if wing is not None]
    return max(found, key=lambda one: one[:2])[2] if found else None


def _hedge(
    number: int,
    facts: SizingFacts,
    playbook: Playbook,
    design: tuple[Condor | None, Stress | None, Sequence[date]],
) -> Hedge:
    """Return what a layer buys: at the aligned strike, or at the delta where none is or delta is asked for."""
    condor, stress, priced = design
    expiry = expiry_near(playbook.number(f"layer.{number}.dte"), priced, facts.market)
    volatility = playbook.number(f"layer.{number}.vol") / PERCENT
    found = _on_offer(number, facts, playbook, (expiry, volatility, condor))
    if playbook.text("strike.target") == ALIGNED:
        chosen = aligned(found, playbook.number("strike.rho"), stress, facts.market)
        if chosen is not None:
            return chosen
        fallback = by_delta(found, playbook.number("strike.delta"))
        return replace(fallback, note=f"{fallback.note}; {NONE_ALIGNED}")
    return by_delta(found, playbook.number("strike.delta"))


def _on_offer(
    number: int, facts: SizingFacts, playbook: Playbook, of: tuple[date, float, Condor | None]
) -> list[Hedge]:
    """Return the calls or the call spreads that a layer can be made of. Raises NoHedgeError without one."""
    expiry, volatility, condor = of
    found = calls(expiry, volatility, facts.market, condor, facts.quotes)
    if playbook.text(f"layer.{number}.form") == CALL:
        return found
    width = float(playbook.count("spread.width"))
    found = call_spreads(found, width, facts.market, condor)
    if not found:
        raise NoHedgeError(f"layer {number}: no two calls are {width:g} points apart")
    return found


def _stress(design: Condor | None, facts: SizingFacts, *, at_expiry: bool) -> Stress | None:
    wing = put_wing(design) if design is not None else None
    if design is None or wing is None:
        return None
    moment = expiry_moment(design.legs[0].contract, facts.market.calendar) if at_expiry else None
    return Stress(wing[0], moment or facts.market.now + timedelta(days=1))


def _notional(facts: SizingFacts, playbook: Playbook, risk: Figure) -> Figure:
    """Return the notional that the shares of 003 and 004 are of, by notional.base."""
    base = playbook.text("notional.base")
    if base == "max-loss":
        return derived(lambda dollars: dollars, "$", "notional = the condors' greatest loss", risk)
    if base == "spx":
        lots = lots_of(facts.condors)
        spx = present(facts.market.spx) or 0.0
        return known(spx * SPX_MULTIPLIER * lots, "$", "SPX x 100 x condors")
    formula = "portfolio notional as stated" + (" x share of the book's risk" if facts.part < 1 else "")
    if facts.account is None:
        return unknown("no account was stated", "$", formula)
    return known(float(facts.account.notional) * facts.part, "$", formula)


def _equity(facts: SizingFacts) -> Figure:
    if facts.account is None:
        return unknown("no account was stated", "$")
    return known(float(facts.account.equity) * facts.part, "$", "equity as stated")
