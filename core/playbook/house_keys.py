"""Which parameters bound the book and keep the house? Bounds, rolls, hours, approvals, cost of capital."""

from __future__ import annotations

from core.playbook.parameter import ASSUMPTION, count, flag, number, text

CONDOR = (
    number("condor.dte", 45.0, (0.0, 730.0, "days"), "001", "tenor of a condor"),
    number("condor.short_delta", 0.16, (0.01, 0.50, ""), "001", "delta of the short strikes"),
    number("roll.keep_be", 0.10, (0.0, 1.0, "rho"), ASSUMPTION, "break-even kept to within after a roll"),
)
BOUNDS = (
    number("bounds.net_delta", 1.0, (0.1, 10.0, "% of account"), ASSUMPTION, "loss for SPX -1 %"),
    number("bounds.net_delta_condor", 0.15, (0.01, 1.0, "delta"), ASSUMPTION, "net delta for each condor, or"),
    number("bounds.net_vega", 2.0, (0.1, 20.0, "% of max loss"), ASSUMPTION, "loss for VIX +1 point"),
    number(
        "bounds.offset_low", 60.0, (0.0, 200.0, "% of short vega"), ASSUMPTION, "the hedge should offset, from"
    ),
    number("bounds.offset_high", 70.0, (0.0, 200.0, "% of short vega"), ASSUMPTION, "the hedge should offset, to"),
    number("pll.cap", 0.0, (0.0, 25.0, "% of outlay"), "000", "extra leverage of the private leverage layer"),
)
_SINCE_OPEN = "minutes from 9:30"
HOURS = (
    count("liquidity.avoid_first", 15, (0, 390, _SINCE_OPEN), ASSUMPTION, "nothing is rolled before"),
    count("liquidity.morning_start", 30, (0, 390, _SINCE_OPEN), ASSUMPTION, "morning window, 10:00"),
    count("liquidity.morning_end", 120, (0, 390, _SINCE_OPEN), ASSUMPTION, "to 11:30"),
    count("liquidity.afternoon_start", 240, (0, 390, _SINCE_OPEN), ASSUMPTION, "afternoon window, 13:30"),
    count("liquidity.afternoon_end", 360, (0, 390, _SINCE_OPEN), ASSUMPTION, "to 15:30"),
    flag("liquidity.avoid_settlement", True, ASSUMPTION, "not on the morning of a VIX settlement"),
    number("liquidity.spread_pct", 10.0, (0.0, 100.0, "% of mid"), ASSUMPTION, "widest bid-ask spread, or"),
    number("liquidity.spread_points", 0.20, (0.0, 10.0, "points"), ASSUMPTION, "so wide in points"),
)
APPROVALS = (
    count("approvals.needed", 2, (1, 10, "people"), "003", "who must agree to a change of rule or layer"),
    count("approvals.of", 3, (1, 10, "people"), ASSUMPTION, "of so many"),
    number(
        "approvals.cool_off", 24.0, (0.0, 720.0, "hours"), ASSUMPTION, "who trades alone waits so long instead"
    ),
)
ASSUMED_MAP, FITTED_MAP = "assumed", "fitted"
BY_MONEYNESS, BY_SSR = "moneyness", "ssr"
VALUATION = (
    text(
        "response.map",
        ASSUMED_MAP,
        (ASSUMED_MAP, FITTED_MAP),
        ASSUMPTION,
        "VIX responses: as given or from your closes",
    ),
    count("response.sessions", 252, (100, 2520, "sessions"), ASSUMPTION, "the responses are fitted over the last"),
    text(
        "surface.mode",
        BY_MONEYNESS,
        (BY_MONEYNESS, BY_SSR),
        ASSUMPTION,
        "SPX volatilities follow VIX, or SPX along the skew",
    ),
    number("surface.ssr", 1.0, (0.0, 2.0, ""), ASSUMPTION, "skew stickiness: 0 sticky delta, 1 sticky strike"),
    number(
        "rates.dividend_pct",
        1.3,
        (0.0, 10.0, "% a year"),
        ASSUMPTION,
        "yield of SPX where no chain gives forwards",
    ),
)
CAPITAL = (
    number("rates.risk_free_pct", 4.5, (-2.0, 25.0, "% a year"), ASSUMPTION, "rate where no T-bill is imported"),
    number("wacc.equity_pct", 10.0, (0.0, 50.0, "% a year"), ASSUMPTION, "cost of equity, re"),
    number("wacc.debt_spread", 1.0, (0.0, 25.0, "%"), ASSUMPTION, "cost of debt, rd, above the T-bill"),
    number("wacc.tax_pct", 0.0, (0.0, 75.0, "%"), ASSUMPTION, "tax rate: your own"),
    count("capm.sessions", 252, (60, 1260, "sessions"), ASSUMPTION, "beta is taken over"),
    number("capm.erp_pct", 5.0, (0.0, 25.0, "% a year"), ASSUMPTION, "equity risk premium"),
)
