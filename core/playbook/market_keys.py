"""Which parameters say how the market is read? Measures, breadth, the curve, regimes, events and windows."""

from __future__ import annotations

from core.measures.edr import FORMULAS
from core.playbook.parameter import ASSUMPTION, count, flag, number, text

GRADES = ("minor", "moderate", "pronounced")
ABOVE_Z, CROSS = "z", "cross"
RV20_VIX, RV10_VIX9D = "rv20-vix", "rv10-vix9d"

MEASURES = (
    text("edr.formula", "A", tuple(FORMULAS), ASSUMPTION, "formula of the expected daily range"),
    number("edr.mult", 1.0, (0.8, 2.0, ""), ASSUMPTION, "multiplier m of the EDR formula"),
    count("vix.ma", 20, (5, 250, "sessions"), "002", "mean of VIX"),
    number("vix.roll_z", 1.5, (0.5, 4.0, "SD"), ASSUMPTION, "VIX so far above its mean asks for a roll"),
    text("vix.mode", ABOVE_Z, (ABOVE_Z, CROSS), ASSUMPTION, "z: VIX so far above its mean; cross: on crossing it"),
    number(
        "vix.range_pct", 25.0, (1.0, 200.0, "% of the mean"), ASSUMPTION, "VIX is range-bound below this range"
    ),
    count("macd.fast", 12, (2, 100, "sessions"), ASSUMPTION, "fast average of MACD on VIX"),
    count("macd.slow", 26, (3, 200, "sessions"), ASSUMPTION, "slow average of MACD on VIX"),
    count("macd.signal", 9, (2, 100, "sessions"), ASSUMPTION, "signal average of MACD on VIX"),
    count("macd.cross_sessions", 5, (1, 60, "sessions"), ASSUMPTION, "a bullish cross counts for so long"),
    count("rsi.n", 14, (2, 100, "sessions"), ASSUMPTION, "length of Wilder's RSI"),
    number("rsi.spx_low", 35.0, (1.0, 99.0, ""), "001", "RSI of SPX below this is low"),
    number("rsi.vix_high", 70.0, (1.0, 99.0, ""), "002", "RSI of VIX above this blocks; crossing down subtracts"),
    number("rsi.vix_cross", 50.0, (1.0, 99.0, ""), ASSUMPTION, "RSI of VIX crossing this adds or subtracts"),
    count("lights.needed", 2, (1, 3, "of 3"), ASSUMPTION, "of MACD(VIX), RSI(VIX) and A/D that make a signal"),
)
BREADTH = (
    text("breadth.universe", "", (), ASSUMPTION, "breadth universe; empty: the one with the latest value"),
    count("ad.window", 5, (2, 60, "sessions"), "004", "rolling comparison of A/D and SPX"),
    count("ad.lookback", 20, (5, 250, "sessions"), ASSUMPTION, "highs and lows are compared over"),
    count("ad.z", 60, (10, 500, "sessions"), ASSUMPTION, "the strength d is scaled over"),
    number("ad.minor", 1.0, (0.0, 10.0, "SD"), ASSUMPTION, "d from which a divergence is minor"),
    number("ad.moderate", 1.5, (0.0, 10.0, "SD"), ASSUMPTION, "d from which it is moderate"),
    number("ad.pronounced", 2.5, (0.0, 10.0, "SD"), ASSUMPTION, "d from which it is pronounced"),
    count("ad.pronounced_sessions", 8, (1, 250, "sessions"), ASSUMPTION, "a run so long is pronounced"),
    text("ad.arms_grade", "moderate", GRADES, ASSUMPTION, "grade from which a divergence arms"),
    count("ad.confirm_sessions", 3, (1, 60, "sessions"), ASSUMPTION, "a run so long is confirmed"),
    number("ad.realign_d", 0.5, (-5.0, 5.0, "SD"), ASSUMPTION, "d below which breadth is realigned"),
    count("ad.realign_sessions", 3, (1, 60, "sessions"), ASSUMPTION, "after so many sessions there"),
)
CURVE = (
    number("backwardation.pct", 3.0, (0.0, 100.0, "%"), "001", "the rule pair must be above this"),
    count("backwardation.min_days", 5, (0, 27, "days"), ASSUMPTION, "days the rule pair's front must have left"),
    flag("backwardation.proxy", True, ASSUMPTION, "without VX settlements VIX/VIX3M - 1 stands in, and says so"),
    number("curve.steepen", 25.0, (1.0, 300.0, "bp"), ASSUMPTION, "steepening of the yield curve that matters"),
    count("curve.sessions", 10, (1, 120, "sessions"), ASSUMPTION, "within so many sessions"),
)
REGIME = (
    number("regime.low_vix", 15.0, (5.0, 100.0, "points"), "003", "VIX below this is the low band"),
    number("regime.high_vix", 25.0, (5.0, 150.0, "points"), "003", "VIX above this is the high band"),
    count("regime.hold_closes", 2, (1, 20, "closes"), ASSUMPTION, "a band is settled after so many closes"),
    count("regime.sessions", 20, (1, 250, "sessions"), ASSUMPTION, "a move up a band counts for so long"),
    number("regime.edr", 1.00, (0.10, 5.0, "%"), ASSUMPTION, "EDR that counts towards a regime shift"),
    count("regime.needed", 2, (1, 4, "of 4"), ASSUMPTION, "conditions that make a regime shift"),
    number("rv_iv.shrink", 20.0, (0.0, 200.0, "%"), "004", "realised volatility so far above implied"),
    text("rv_iv.pair", RV20_VIX, (RV20_VIX, RV10_VIX9D), ASSUMPTION, "which volatilities are compared"),
)
CALENDAR = (
    number("theta.window_start", 10.0, (1.0, 60.0, "days"), "001", "theta window begins before an expiry"),
    number("theta.window_end", 7.0, (0.0, 60.0, "days"), "001", "theta window ends before an expiry"),
    count("events.around", 5, (0, 60, "sessions"), ASSUMPTION, "around FOMC, CPI and PPI"),
    number(
        "events.extreme_pp", 0.2, (0.0, 5.0, "pp"), ASSUMPTION, "a surprise of CPI or PPI this large is extreme"
    ),
    number("events.extreme_z", 2.0, (0.0, 10.0, "SD"), ASSUMPTION, "or one so many standard deviations large"),
)
