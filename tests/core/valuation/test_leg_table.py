"""Has each leg the right forward and volatility, and the name of where they come from?"""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from core.market.times import new_york
from core.positions.book import Holding
from core.positions.contract import MORNING
from core.valuation.break_evens import hedged_break_evens
from core.valuation.forwards import MarketThen, MarkVolatility, ParityForward
from core.valuation.greeks import greeks
from core.valuation.leg_table import LegTable, leg_table
from core.valuation.leg_terms import FUTURE, ON_FUND, ON_SPX, ON_VIX, OPTION, SHARE, leg_terms
from core.valuation.leg_volatility import leg_volatilities
from core.valuation.revalue import revalue
from tests.core.valuation.positions import CALENDAR, EXPIRY, THEN, VIX_62, condor, iron_condor, layer, market


def table(*holdings: Holding, then: MarketThen = THEN, **changes: Any) -> LegTable:
    terms, now = leg_terms(holdings, CALENDAR), market(**changes)
    return leg_table(terms, leg_volatilities(terms, then, now.rate), now)


def test_terms_are_those_of_the_contracts() -> None:
    held = [
        iron_condor(quantity=2),
        layer(
            "-1 XSP 2018-08-17 P 470 @ 4.1",
            f"+4 VIX {VIX_62} C 20 @ 2.32",
            f"+3 VXM {VIX_62} @ 19.6",
            "+9 VXX @ 27",
        ),
    ]
    terms = leg_terms(held, CALENDAR)
    assert terms.owner.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert (terms.layer.tolist(), terms.condor.tolist()) == ([0] * 4 + [1] * 4, [1] * 8)
    assert terms.dollars.tolist() == [200, -200, -200, 200, -100, 400, 300, 9]
    assert terms.kind.tolist() == [OPTION] * 6 + [FUTURE, SHARE]
    assert terms.on.tolist() == [ON_SPX] * 5 + [ON_VIX, ON_VIX, ON_FUND]
    assert terms.sign.tolist() == [-1, -1, 1, 1, -1, 1, 1, 1]
    assert terms.strike.tolist() == [4700, 4750, 5200, 5250, 470, 20, 0, 0]
    assert terms.spx_weight.tolist() == [1, 1, 1, 1, 0.1, 0, 0, 0]
    morning, afternoon = new_york(EXPIRY, MORNING), new_york(date(2018, 8, 17))
    assert terms.expiry_s[[0, 4]].tolist() == [morning.timestamp(), afternoon.timestamp()]
    assert math.isinf(terms.expiry_s[-1])


def test_a_vix_option_is_on_the_future_of_its_own_expiry() -> None:
    found = table(layer(f"+4 VIX {VIX_62} C 20 @ 2.32"))
    assert found.forward.tolist() == [19.6]
    assert found.forward_source == (f"VX future of {VIX_62}",)
    assert found.warning == ("",)


@pytest.mark.parametrize(("vix", "words"), [(14.0, "calls come out too low and puts too high"),
                                            (35.0, "calls come out too high and puts too low")])  # fmt: skip
def test_without_one_spot_vix_stands_in_and_says_which_way_it_errs(vix: float, words: str) -> None:
    found = table(layer(f"+4 VIX {VIX_62} C 20 @ 2.32"), curve={}, vix=vix)
    assert found.forward.tolist() == [vix]
    assert found.forward_source == ("spot VIX",)
    assert words in found.warning[0]


def test_parity_comes_before_spot() -> None:
    parity = {VIX_62: ParityForward(19.2, 0.0, "test chain")}
    found = table(layer(f"+4 VIX {VIX_62} C 20 @ 2.32"), curve={}, vix_forwards=parity)
    assert (found.forward.tolist(), found.forward_source, found.warning) == ([19.2], ("test chain",), ("",))


def test_spx_is_carried_at_the_rate_less_dividends_or_as_a_chain_says() -> None:
    one, years = condor(f"-1 SPX {EXPIRY} P 4750 @ 20.91"), 30 / 365
    assert table(one, dividend=0.013).forward == pytest.approx([5000 * math.exp((0.045 - 0.013) * years)])
    chain = {EXPIRY: ParityForward(5010.0, 0.0243, "test chain")}
    found = table(one, spx_carries=chain)
    assert found.forward == pytest.approx([5000 * math.exp(0.0243 * years)])
    assert found.forward_source == ("test chain",)


def test_volatilities_come_from_the_mark_then_the_fill_then_vix_and_the_skew() -> None:
    held = [condor(f"-1 SPX {EXPIRY} P 4750 @ 20.91"), layer(f"+4 VIX {VIX_62} C 20 @ 2.32")]
    by_fill = table(*held)
    assert by_fill.sigma[1] == pytest.approx(0.78, abs=0.0025)
    assert by_fill.sigma_source == ("implied by its fill of 2018-06-18",) * 2
    contract = held[1].legs[0].contract
    by_mark = table(*held, then=replace(THEN, marks={contract: MarkVolatility(0.9, "implied by its mid")}))
    assert (by_mark.sigma[1], by_mark.sigma_source[1]) == (0.9, "implied by its mid")
    package = replace(
        held[0], fills=tuple(replace(one, fill=replace(one.fill, price=None)) for one in held[0].fills)
    )
    k = math.log(4750 / 5000)
    by_vix = table(package)
    assert by_vix.sigma == pytest.approx([0.155 - 0.55 * k + 0.8 * k * k])
    assert by_vix.sigma_source[0].startswith("of VIX x 0.155/0.18 at the money")


def test_a_fill_before_any_curve_is_on_spot_vix_and_says_so() -> None:
    spot = MarketThen(vx=lambda _expiry, _when: None, spx=lambda _when: 5000.0, vix=lambda _when: 18.0)
    found = table(layer(f"+4 VIX {VIX_62} C 20 @ 2.32"), then=spot)
    assert found.is_valued.all()
    assert "on spot VIX: no VX future was known then" in found.sigma_source[0]


@pytest.mark.parametrize(
    ("text", "changes", "words"),
    [
        ("+9 VXX @ 27.1", {}, "VXX: no price of VXX: enter a quote"),
        ("+9 UVXY 2018-08-17 C 20 @ 1.1", {}, "UVXY 2018-08-17 C 20: no model of an option on a fund"),
        ("+1 VIX 2018-06-13 C 20 @ 1.1", {}, "VIX 2018-06-13 C 20 has expired: enter its settlement"),
        ("+1 SPXW 2031-06-13 P 4000 @ 50", {}, "outside the exchange calendar"),
        (f"+4 VIX {VIX_62} C 20 @ 2.32", {"vix": None}, "no VIX value"),
        (f"+1 VX {VIX_62} @ 19.6", {"spx": float("nan")}, "no SPX value"),
        (f"+4 VIX {VIX_62} C 10 @ 2.32", {}, "implies no volatility"),
    ],
)
def test_what_cannot_be_valued_is_named(text: str, changes: dict[str, Any], words: str) -> None:
    found = table(layer(text), **changes)
    assert not found.is_valued.any()
    assert words in found.unknown[0]


def test_no_legs_are_a_table_without_rows() -> None:
    found = table()
    assert (len(found.terms), found.unknown) == (0, ())
    assert np.isfinite(found.forward).tolist() == []


@pytest.mark.parametrize(
    ("symbol", "leverage", "days"), [("VXX", 1.0, 30), ("UVXY", 1.5, 30), ("SVIX", -1.0, 30), ("VXZ", 1.0, 150)]
)
def test_a_share_moves_as_its_futures_do(symbol: str, leverage: float, days: int) -> None:
    held, quoted = layer(f"+9 {symbol} @ 27.1"), {symbol: 30.0}
    now = market(shares=quoted)
    found = table(held, shares=quoted)
    # the curve is 18.8 in 32 and 19.6 in 62 days, and flat beyond
    share = leverage / math.sqrt(1 + days / 10) / (18.8 if days == 30 else 19.6)
    worth = revalue(found, np.array([5000.0, 4500.0]), np.array([18.0, 26.0]), now.now)[0]
    assert worth == pytest.approx([9 * 30.0, 9 * 30.0 * (1 + 8 * share)])
    assert greeks(found).vix_up == pytest.approx([9 * 30.0 * share])
    assert (greeks(found).value.tolist(), greeks(found).decay.tolist()) == ([270.0], [0.0])
    assert "without what rolling and daily resetting cost, assumed" in found.warning[0]


def test_a_condor_hedged_with_shares_has_break_evens() -> None:
    now, held = market(shares={"VXX": 30.0}), [iron_condor(), layer("+40 VXX @ 30")]
    found = hedged_break_evens(held, now, THEN)
    share = 1 / math.sqrt(1 + 30 / 10) / 18.8
    gains = [40 * 30.0 * share * (18 * (spx / 5000) ** -4.5 - 18) for spx in found.points[:1]]
    # inside the put wing: the bare P/L is 100 dollars a point from the break-even of 4736.58 on
    assert 100 * (found.points[0] - 4736.58) + gains[0] == pytest.approx(0, abs=1e-3)
