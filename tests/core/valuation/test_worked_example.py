"""Does the engine give the whole worked example of the playbook's section 9, within 0.1 point and 2 dollars?

Its conventions: the premiums are the fills, the condor is at intrinsic at its expiry, a VIX leg with two days left
then at intrinsic on VIX itself (here: it settles together with the condor), VIX volatilities fixed by strike.
"""

import math
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from core.market.times import new_york
from core.measures.spot_vol import BASE, HIGH, LOW, vix_at
from core.positions.book import Holding
from core.positions.contract import MORNING
from core.valuation.black76 import price
from core.valuation.break_evens import break_evens_at
from core.valuation.greeks import greeks
from core.valuation.hedge_leg import alignment_rho, hedge_leg_break_even, strike_at_rho
from core.valuation.leg_table import LegTable, leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import LegVolatilities
from core.valuation.revalue import Group, group_of, profits, revalue
from core.valuation.surface import assumed_volatility
from tests.core.valuation.positions import CALENDAR, EXPIRY, NOW, VIX_62, condor, layer, market

VIX_112, VIX_222 = date(2018, 10, 8), date(2018, 12, 31)
CURVE = {EXPIRY: 18.8, VIX_62: 19.6, VIX_112: 20.3, VIX_222: 21.0}
AT_EXPIRY = new_york(EXPIRY, MORNING)
CONDOR = condor(
    f"-1 SPX {EXPIRY} P 4750 @ 20.91",
    f"+1 SPX {EXPIRY} P 4700 @ 15.84",
    f"-1 SPX {EXPIRY} C 5200 @ 21.04",
    f"+1 SPX {EXPIRY} C 5250 @ 12.69",
)
K19, K22 = f"VIX {EXPIRY} C 19 @ 1.90", f"VIX {EXPIRY} C 22 @ 1.12"
SIGMAS = {"19": 0.90, "22": 1.00, "20": 0.78, "21": 0.66}
LEVELS = np.arange(3500.0, 6001.0, 5.0)


def table_of(*holdings: Holding, sigmas: dict[str, float] | None = None) -> tuple[LegTable, Group]:
    """Return the legs with the example's volatilities: of VIX calls by strike, of SPX options by the skew."""
    terms = leg_terms(holdings, CALENDAR)
    known = [(sigmas or SIGMAS).get(str(leg.contract.strike), math.nan) for leg in terms.legs]
    words = ("as the example says",) * len(known)
    volatilities = LegVolatilities(np.array(known), words, ("",) * len(known), ("",) * len(known))
    asked = market(curve=CURVE, dividend=0.013)
    return leg_table(terms, volatilities, asked), group_of(terms, "all", range(len(holdings)))


EXAMPLES = {
    "none": ((), [(4736.58, 5213.42)] * 3, -3658, None, 1342),
    "4 x 32d K19": (
        (f"+4 {K19}",),
        [(4073.52, 4737.80, 5205.82), (4461.96, 4727.53, 5205.82), (4647.12, 4710.94, 5205.82)],
        -4418,
        "call",
        582,
    ),
    "1 x 32d K22": (
        (f"+1 {K22}",),
        [(4737.70, 5212.30), (3830.53, 4736.74, 5212.30), (4212.93, 4733.28, 5212.30)],
        -3770,
        None,
        1230,
    ),
    "4 x 62d K20": (
        (f"+4 VIX {VIX_62} C 20 @ 2.32",),
        [(3552.65, 4736.51, 5209.30), (4135.39, 4733.38, 5208.53), (4425.52, 4728.09, 5208.01)],
        -4473,
        "call",
        1062,
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_break_evens_and_dollars(name: str) -> None:
    hedge, roots, least, side, at_spot = EXAMPLES[name]
    table, group = table_of(CONDOR, *([layer(*hedge)] if hedge else []))
    (found,) = break_evens_at(table, [group], AT_EXPIRY, market(curve=CURVE, dividend=0.013))
    for points, expected in zip((found.low_response, found.points, found.high_response), roots, strict=True):
        assert points == pytest.approx(expected, abs=0.1)
    gains = profits(table, [group], LEVELS, vix_at(LEVELS, 5000, 18, BASE), AT_EXPIRY)[0]
    assert gains.min() == pytest.approx(least, abs=2)
    if side == "call":
        assert LEVELS[gains.argmin()] > 5200
    assert profits(table, [group], 5000.0, 18.0, AT_EXPIRY)[0] == pytest.approx(at_spot, abs=2)
    assert found.min_profit.value == pytest.approx(least, abs=2)


def test_premiums_of_the_condor_follow_from_the_skew() -> None:
    years, strikes = 30 / 365, np.array([4750.0, 4700, 5200, 5250])
    sigma = assumed_volatility(strikes, 5000.0, 18.0)
    assert sigma == pytest.approx(
        [0.155 - 0.55 * math.log(k / 5000) + 0.8 * math.log(k / 5000) ** 2 for k in (4750, 4700)]
        + [0.155 - 0.35 * math.log(k / 5000) + 0.8 * math.log(k / 5000) ** 2 for k in (5200, 5250)]
    )
    forward = 5000 * math.exp((0.045 - 0.013) * years)
    found = price(forward, strikes, sigma, years, np.array([-1, -1, 1, 1]), math.exp(-0.045 * years))
    assert found == pytest.approx([20.91, 15.84, 21.04, 12.69], abs=0.01)
    table, _ = table_of(CONDOR)
    assert greeks(table).price == pytest.approx([20.91, 15.84, 21.04, 12.69], abs=0.01)
    # the short strikes' deltas, of one contract
    assert greeks(table).delta[[0, 2]] == pytest.approx([-0.149, 0.191], abs=0.001)


@pytest.mark.parametrize(
    ("days", "strike", "sigma", "forward", "premium", "delta"),
    [
        (32, 19, 0.90, 18.8, 1.90, 0.54),
        (32, 22, 1.00, 18.8, 1.12, 0.35),
        (62, 20, 0.78, 19.6, 2.32, None),
        (112, 21, 0.66, 20.3, 2.62, None),
        (222, 22, 0.55, 21.0, 3.09, None),
    ],
)
def test_premiums_of_the_vix_calls(  # noqa: PLR0917
    days: int, strike: int, sigma: float, forward: float, premium: float, delta: float | None
) -> None:
    expires = NOW + timedelta(days=days)
    table, _ = table_of(layer(f"+1 VIX {expires.date()} C {strike} @ {premium}"), sigmas={str(strike): sigma})
    table = replace(table, forward=np.array([forward]), terms=replace(table.terms, expiry_s=_seconds(expires)))
    found = greeks(table)
    assert found.price == pytest.approx([premium], abs=0.01)
    if delta is not None:
        assert found.delta == pytest.approx([delta], abs=0.005)


def _seconds(moment: datetime) -> np.ndarray:
    return np.array([moment.timestamp()])


SHOCKS = np.array([4900.0, 4800.0, 4700.0, 4500.0, 4250.0])


def test_vix_at_the_shocks() -> None:
    assert vix_at(SHOCKS, 5000, 18, BASE) == pytest.approx([19.7, 21.6, 23.8, 28.9, 37.4], abs=0.06)


@pytest.mark.parametrize(
    ("days", "strike", "sigma", "forward", "premium", "gains"),
    [
        (32, 19, 0.90, 18.8, 1.90, (45, 105, 179, 381, 761)),
        (112, 21, 0.66, 20.3, 2.62, (26, 57, 94, 189, 365)),
        (222, 22, 0.55, 21.0, 3.09, (18, 40, 65, 129, 244)),
    ],
)
def test_a_hedge_after_a_day(  # noqa: PLR0917
    days: int, strike: int, sigma: float, forward: float, premium: float, gains: tuple[int, ...]
) -> None:
    table, group = _call(days, strike, sigma, forward, premium)
    found = profits(table, [group], SHOCKS, vix_at(SHOCKS, 5000, 18, BASE), NOW + timedelta(days=1))[0]
    assert found == pytest.approx(gains, abs=2)


def _call(days: int, strike: int, sigma: float, forward: float, premium: float) -> tuple[LegTable, Group]:
    expires = NOW + timedelta(days=days)
    text = f"+1 VIX {expires.date()} C {strike} @ {premium}"
    table, group = table_of(layer(text), sigmas={str(strike): sigma})
    return replace(
        table, forward=np.array([forward]), terms=replace(table.terms, expiry_s=_seconds(expires))
    ), group


def test_a_hedge_at_the_condors_expiry() -> None:
    table, group = table_of(layer(f"+1 {K19}"))
    found = profits(table, [group], SHOCKS, vix_at(SHOCKS, 5000, 18, BASE), AT_EXPIRY)[0]
    assert found == pytest.approx([-119, 73, 288, 802, 1650], abs=2)


def test_four_four_two_offsets_a_tenth_to_a_sixth_of_a_one_day_loss() -> None:
    ten = [
        condor(*(f"{q}0 SPX {EXPIRY} {leg}" for q, leg in (
            ("-1", "P 4750 @ 20.91"), ("+1", "P 4700 @ 15.84"), ("-1", "C 5200 @ 21.04"), ("+1", "C 5250 @ 12.69")
        )))
    ]  # fmt: skip
    table, group = table_of(*ten)
    spx = 5000 * np.array([0.96, 0.94, 0.90, 0.85])
    vix, day = vix_at(spx, 5000, 18, BASE), NOW + timedelta(days=1)
    lost = profits(table, [group], spx, vix, day)[0]
    hedge = sum(
        count * profits(*_only(_call(*call)), spx, vix, day)[0]
        for count, call in (
            (4, (32, 19, 0.90, 18.8, 1.90)),
            (4, (112, 21, 0.66, 20.3, 2.62)),
            (2, (222, 22, 0.55, 21.0, 3.09)),
        )
    )
    cost = 100 * (4 * 1.90 + 4 * 2.62 + 2 * 3.09)
    assert cost == pytest.approx(2425, abs=2)
    assert cost / float(ten[0].net_cash) == pytest.approx(0.181, abs=0.001)
    assert -hedge / lost == pytest.approx([0.17, 0.10, 0.10, 0.16], abs=0.006)


def _only(made: tuple[LegTable, Group]) -> tuple[LegTable, list[Group]]:
    return made[0], [made[1]]


def test_hedge_break_evens_and_alignment() -> None:
    asked = market(curve=CURVE)
    for text, spx, rho in ((K19, 4836.7, 2.73), (K22, 4729.5, 0.59)):
        level = hedge_leg_break_even(layer(f"+1 {text}").legs[0], asked)
        assert level.spx.value == pytest.approx(spx, abs=0.1)
        assert alignment_rho(level.spx, CONDOR).value == pytest.approx(rho, abs=0.005)


def test_the_strike_at_rho_one_half_breaks_even_half_way_into_the_wing() -> None:
    asked = market(curve=CURVE)
    strike = strike_at_rho(1.12, CONDOR, asked).value
    # SPX 4725: VIX = 18 (4725/5000)^-4.5, less the premium
    assert strike == pytest.approx(18 * (4725 / 5000) ** -4.5 - 1.12)
    level = hedge_leg_break_even(layer(f"+1 VIX {EXPIRY} C {strike:.4f} @ 1.12").legs[0], asked)
    assert alignment_rho(level.spx, CONDOR).value == pytest.approx(0.5, abs=1e-4)


@pytest.mark.parametrize("response", [LOW, BASE, HIGH])
def test_on_the_regression_line_the_surface_is_the_curve(response: object) -> None:
    # one leg of each kind: settled and living, on SPX and VIX, one that settles on the way
    early = layer("+2 VIX 2018-07-03 C 20 @ 1.00", f"+1 VX {VIX_62} @ 19.6")
    table, group = table_of(CONDOR, layer(f"+4 VIX {VIX_62} C 20 @ 2.32"), early, sigmas={"20": 0.78})
    spx = np.linspace(3500.0, 6000.0, 41)
    vix = vix_at(spx, 5000, 18, response)
    for when in (NOW, NOW + timedelta(days=1), NOW + timedelta(days=20), AT_EXPIRY):
        surface = profits(table, [group], spx[None, :], vix[:, None], when, response=response)[0]
        curve = profits(table, [group], spx, vix, when, response=response)[0]
        assert np.diag(surface) == pytest.approx(curve, abs=1e-6)
        legs = revalue(table, spx[None, :], vix[:, None], when, response=response)
        assert legs.sum(axis=0) + group.cash == pytest.approx(surface, abs=1e-6)
