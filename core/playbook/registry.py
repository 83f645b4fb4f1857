"""Which parameters does a playbook have? Key, kind, default, range, unit and where the default comes from.

Keys and defaults are those of the playbook's parameter registry. `source` is the seed document that gives
the value, or "assumption" where the seeds give none: every such default is the user's to change.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from core.measures.edr import FORMULAS

ASSUMPTION = "assumption"
GRADES = ("minor", "moderate", "pronounced")
Value = float | int | str | bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `kind` is "number" (float), "count" (int), "flag" (bool) or "text".

    A number or count lies in `low`..`high`, both included; a text is one of `choices`, any name if there are
    none.
    """

    key: str
    kind: str
    default: Value
    about: str
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()
    source: str = ASSUMPTION


def _number(key: str, default: float, span: tuple[float, float, str], source: str, about: str) -> Parameter:
    low, high, unit = span
    return Parameter(key, "number", default, about, unit, low, high, source=source)


def _count(key: str, default: int, span: tuple[int, int, str], source: str, about: str) -> Parameter:
    low, high, unit = span
    return Parameter(key, "count", default, about, unit, low, high, source=source)


def _flag(key: str, default: bool, source: str, about: str) -> Parameter:
    return Parameter(key, "flag", default, about, source=source)


def _text(key: str, default: str, choices: tuple[str, ...], source: str, about: str) -> Parameter:
    return Parameter(key, "text", default, about, choices=choices, source=source)


_MEASURES = (
    _text("edr.formula", "A", tuple(FORMULAS), ASSUMPTION, "formula of the expected daily range"),
    _number("edr.mult", 1.0, (0.8, 2.0, ""), ASSUMPTION, "multiplier m of the EDR formula"),
    _count("vix.ma", 20, (5, 250, "sessions"), "002", "mean of VIX"),
    _number("vix.roll_z", 1.5, (0.5, 5.0, "SD"), ASSUMPTION, "VIX so far above its mean asks for a roll"),
    _count("macd.fast", 12, (2, 100, "sessions"), ASSUMPTION, "fast average of MACD on VIX"),
    _count("macd.slow", 26, (3, 200, "sessions"), ASSUMPTION, "slow average of MACD on VIX"),
    _count("macd.signal", 9, (2, 100, "sessions"), ASSUMPTION, "signal average of MACD on VIX"),
    _count("macd.cross_sessions", 5, (1, 60, "sessions"), ASSUMPTION, "a bullish cross counts for so long"),
    _count("rsi.n", 14, (2, 100, "sessions"), ASSUMPTION, "length of Wilder's RSI"),
    _number("rsi.spx_low", 35.0, (1.0, 99.0, ""), "001", "RSI of SPX below this is low"),
    _number("rsi.vix_high", 70.0, (1.0, 99.0, ""), "002", "RSI of VIX above this blocks new layers"),
    _number("rsi.vix_cross", 50.0, (1.0, 99.0, ""), ASSUMPTION, "RSI of VIX crossing this adds or subtracts"),
    _number("backwardation.pct", 3.0, (0.0, 100.0, "%"), "001", "the rule pair must be above this"),
    _count("backwardation.min_days", 5, (0, 27, "days"), ASSUMPTION, "days the rule pair's front must have left"),
    _text("breadth.universe", "", (), ASSUMPTION, "breadth universe; empty: the one with the latest value"),
    _count("ad.window", 5, (2, 60, "sessions"), "004", "rolling comparison of A/D and SPX"),
    _count("ad.lookback", 20, (5, 250, "sessions"), ASSUMPTION, "highs and lows are compared over"),
    _count("ad.z", 60, (10, 500, "sessions"), ASSUMPTION, "the strength d is scaled over"),
    _number("ad.minor", 1.0, (0.0, 10.0, "SD"), ASSUMPTION, "d from which a divergence is minor"),
    _number("ad.moderate", 1.5, (0.0, 10.0, "SD"), ASSUMPTION, "d from which it is moderate"),
    _number("ad.pronounced", 2.5, (0.0, 10.0, "SD"), ASSUMPTION, "d from which it is pronounced"),
    _count("ad.pronounced_sessions", 8, (1, 250, "sessions"), ASSUMPTION, "a run so long is pronounced"),
    _text("ad.arms_grade", "moderate", GRADES, ASSUMPTION, "grade from which a divergence arms"),
)
_LADDER = (
    _number("ladder.start", 0.90, (0.10, 5.0, "%"), "000", "EDR of the first rung"),
    _number("ladder.step", 0.05, (0.01, 1.0, "%"), "000", "EDR between rungs"),
    _number("ladder.base", 25.0, (5.0, 50.0, "%"), "000", "coverage of one layer"),
    _text("ladder.mode", "steps", ("steps", "continuous"), ASSUMPTION, "coverage that sizing aims at"),
    _number("ladder.max_cover", 100.0, (25.0, 150.0, "%"), "000", "coverage is capped here"),
    _count("ladder.max_layers", 4, (1, 8, "layers"), "002", "rungs that add coverage"),
    _number("ladder.growth", 1.0, (1.0, 1.5, ""), ASSUMPTION, "weight of each layer after the second"),
    _number("ladder.hysteresis", 0.03, (0.0, 0.5, "%"), ASSUMPTION, "a rung goes off so far below itself"),
    _count("ladder.hysteresis_closes", 2, (1, 20, "closes"), ASSUMPTION, "after so many closes there"),
    _count("layer.min_hold", 3, (0, 60, "sessions"), ASSUMPTION, "an armed layer stays armed at least"),
    _number("zones.amber", 0.90, (0.10, 5.0, "%"), "000", "EDR from which the zone is amber"),
    _number("zones.red", 1.10, (0.10, 10.0, "%"), ASSUMPTION, "EDR above which it is red"),
    _number("zones.marker_edr", 0.94, (0.10, 5.0, "%"), ASSUMPTION, "marker on the EDR chart"),
    _number("zones.marker_vix", 16.0, (5.0, 100.0, "points"), ASSUMPTION, "marker on the VIX chart"),
    _flag("l1.standing", True, "001", "layer 1 stands at budget.L1 whatever the ladder says"),
    _number("layer.1.dte", 30.0, (1.0, 730.0, "days"), ASSUMPTION, "tenor of layer 1"),
    _number("layer.2.dte", 110.0, (1.0, 730.0, "days"), ASSUMPTION, "tenor of layer 2"),
    _number("layer.3.dte", 220.0, (1.0, 730.0, "days"), ASSUMPTION, "tenor of layer 3"),
    _number("layer.4.dte", 220.0, (1.0, 730.0, "days"), ASSUMPTION, "tenor of layer 4"),
)
_REGIME = (
    _number("regime.low_vix", 15.0, (5.0, 100.0, "points"), "003", "VIX below this is the low band"),
    _number("regime.high_vix", 25.0, (5.0, 150.0, "points"), "003", "VIX above this is the high band"),
    _count("regime.hold_closes", 2, (1, 20, "closes"), ASSUMPTION, "a band is settled after so many closes"),
    _count("regime.sessions", 20, (1, 250, "sessions"), ASSUMPTION, "a move up a band counts for so long"),
    _number("regime.edr", 1.00, (0.10, 5.0, "%"), ASSUMPTION, "EDR that counts towards a regime shift"),
    _count("regime.needed", 2, (1, 4, "of 4"), ASSUMPTION, "conditions that make a regime shift"),
    _number("rv_iv.shrink", 20.0, (0.0, 200.0, "%"), "004", "realised volatility so far above VIX"),
)
_SIZING = (
    _number("budget.L1", 10.0, (8.0, 12.0, "% of credit"), "001", "premium of layer 1"),
    _number("annual.cost_warn", 2.0, (0.1, 20.0, "% of account"), "001", "hedge cost of a year that warns"),
    _number("notional.static", 10.0, (0.0, 100.0, "% of notional"), "003", "static reference line"),
    _text("exposure.unit", "delta", ("delta", "premium", "vega"), ASSUMPTION, "unit of hedge exposure"),
    _number("ad.layer_low", 10.0, (0.0, 100.0, "% of notional"), "004", "layer on a minor divergence, from"),
    _number("ad.layer_high", 15.0, (0.0, 100.0, "% of notional"), "004", "layer on a minor divergence, to"),
    _flag("ad.shrink", True, "004", "shrinking may come first if pronounced and CPI or PPI rises"),
    _number("condor.dte", 45.0, (0.0, 730.0, "days"), "001", "tenor of a condor"),
    _number("condor.short_delta", 0.16, (0.01, 0.50, ""), "001", "delta of the short strikes"),
    _number("theta.window_start", 10.0, (1.0, 60.0, "days"), "001", "theta window begins before expiry"),
    _number("theta.window_end", 7.0, (0.0, 60.0, "days"), "001", "theta window ends before expiry"),
    _count("events.around", 5, (0, 60, "sessions"), ASSUMPTION, "around FOMC, CPI and PPI"),
    _number("curve.steepen", 25.0, (1.0, 300.0, "bp in 10 sessions"), ASSUMPTION, "steepening that matters"),
    _number("bounds.net_delta", 1.0, (0.1, 10.0, "% of account"), ASSUMPTION, "loss for SPX -1 %"),
    _number("bounds.net_vega", 2.0, (0.1, 20.0, "% of max loss"), ASSUMPTION, "loss for VIX +1 point"),
    _number("pll.cap", 0.0, (0.0, 25.0, "% of outlay"), "000", "extra leverage of the private leverage layer"),
    _number("rates.risk_free_pct", 4.5, (-2.0, 25.0, "% a year"), ASSUMPTION, "rate where no T-bill is imported"),
    _number("roll.keep_be", 0.10, (0.0, 1.0, "rho"), ASSUMPTION, "break-even kept to within after a roll"),
)
PARAMETERS = MappingProxyType({p.key: p for p in (*_MEASURES, *_LADDER, *_REGIME, *_SIZING)})
