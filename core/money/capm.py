"""Which return does the market ask for? Betas of VIX and of the book, and the carry that long volatility has.

CAPM: required return = risk-free + beta x equity risk premium. The beta of VIX against SPX is far below zero, so
what is long volatility has a negative required return by construction (seeds 000, 003; Sharpe 1964).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.measures.premium import vrp_points, vrp_variance
from core.money.figures import first_unknown, given

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.money.facts import MoneyFacts
    from core.state import Past

    Floats = NDArray[np.float64]

FEWEST_RETURNS = 60
VOL_BETA = "covariance / variance of daily returns: VIX against SPX, percent of VIX for a percent of SPX"
REQUIRED = "risk-free + beta x equity risk premium"
BOOK_BETA = "(SPX delta dollars of the condors + VIX delta notional x volatility beta) / equity"
EQUIVALENT = "VIX delta notional x volatility beta: dollars of SPX that move alike"
VX_NOTE = "VX futures are taken to move with VIX; they move less, the more the later they expire"


@dataclass(frozen=True, slots=True)
class Capm:
    """Betas and what they ask for. `exposure` is the hedge's delta notional, `spx_equivalent` that times beta.

    `required_vol` is the yearly return that CAPM asks of VIX exposure, `expected_carry` that in dollars a year;
    `vrp_points` and `vrp_variance` are implied over realised volatility.
    """

    vol_beta: Figure
    equity_beta: Figure
    required_vol: Figure
    required_book: Figure
    exposure: Figure
    spx_equivalent: Figure
    expected_carry: Figure
    vrp_points: Figure
    vrp_variance: Figure


def capm(facts: MoneyFacts) -> Capm:
    """Return betas, required returns and the volatility risk premium at the last close."""
    beta = vol_beta(facts.past, facts.playbook.count("capm.sessions"))
    erp = facts.playbook.number("capm.erp_pct")
    equivalent = _product(facts.exposure, beta, EQUIVALENT)
    book = _book_beta(facts, equivalent)
    required = required_pct(beta, facts.rate_pct, erp)
    carry = _product(facts.exposure, required, "VIX delta notional x required return", scale=0.01, unit="$ a year")
    points, variance = _premium(facts.past)
    return Capm(
        vol_beta=beta,
        equity_beta=book,
        required_vol=required,
        required_book=required_pct(book, facts.rate_pct, erp),
        exposure=facts.exposure,
        spx_equivalent=equivalent,
        expected_carry=carry,
        vrp_points=points,
        vrp_variance=variance,
    )


def vol_beta(past: Past, sessions: int) -> Figure:
    """Return the beta of VIX against SPX over the last sessions, of simple daily returns of the closes."""
    spx, vix = (past.history.column(symbol)[-sessions - 1 :] for symbol in ("SPX", "VIX"))
    moves = _returns(spx), _returns(vix)
    both = np.isfinite(moves[0]) & np.isfinite(moves[1])
    count = int(both.sum())
    if count < FEWEST_RETURNS:
        return unknown(f"{count} of {FEWEST_RETURNS} daily returns are known", "", VOL_BETA)
    return known(beta_of(moves[1][both], moves[0][both]), "", VOL_BETA, (given("returns", float(count), "days"),))


def beta_of(one: Floats, market: Floats) -> float:
    """Return the slope of the least-squares line of one return on the market's."""
    centred = market - market.mean()
    return float((centred * (one - one.mean())).sum() / (centred**2).sum())


def required_pct(beta: Figure, rate_pct: float, erp_pct: float) -> Figure:
    """Return the return that CAPM asks for, in percent a year."""
    if beta.value is None:
        return unknown(beta.unknown, "% a year", REQUIRED)
    inputs = (given("risk-free", rate_pct, "%"), given("beta", beta.value, ""), given("premium", erp_pct, "%"))
    return known(rate_pct + beta.value * erp_pct, "% a year", REQUIRED, inputs)


def _returns(closes: Floats) -> Floats:
    return closes[1:] / closes[:-1] - 1.0


def _book_beta(facts: MoneyFacts, equivalent: Figure) -> Figure:
    account = facts.book.account
    if account is None or account.equity <= 0:
        return unknown("the account was not stated", "", BOOK_BETA)
    if reason := first_unknown((facts.delta_dollars, equivalent)):
        return unknown(reason, "", BOOK_BETA)
    total = (facts.delta_dollars.value or 0.0) + (equivalent.value or 0.0)
    inputs = (
        given("condors", facts.delta_dollars.value),
        given("hedge", equivalent.value),
        given("equity", account.equity),
    )
    return known(total / float(account.equity), "", BOOK_BETA, inputs, VX_NOTE)


def _product(one: Figure, other: Figure, formula: str, *, scale: float = 1.0, unit: str = "$") -> Figure:
    if one.value is None or other.value is None:
        return unknown(first_unknown((one, other)), unit, formula)
    return known(one.value * other.value * scale, unit, formula, note=VX_NOTE)


def _premium(past: Past) -> tuple[Figure, Figure]:
    """Return VIX less realised volatility, in points and as a difference of variances."""
    formulas = ("VIX - HV20", "VIX^2 - HV20^2")
    units = ("points", "%^2 a year")
    if not past.history.length:
        return unknown("no market data", units[0], formulas[0]), unknown("no market data", units[1], formulas[1])
    vix, realised = past.measured.vix[-1:], past.measured.hv20_pct[-1:]
    found = vrp_points(vix, realised), vrp_variance(vix, realised)
    inputs = (given("VIX", _known(vix), "points"), given("HV20", _known(realised), "%"))
    points, variance = (
        known(float(one[0]), unit, formula, inputs)
        if np.isfinite(one[0])
        else unknown("VIX or HV20 of the last close is unknown", unit, formula, inputs)
        for one, unit, formula in zip(found, units, formulas, strict=True)
    )
    return points, variance


def _known(one: Floats) -> float | None:
    return float(one[0]) if np.isfinite(one[0]) else None
