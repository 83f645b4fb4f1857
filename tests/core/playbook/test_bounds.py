"""What does the hedge take of the bounds: is it what bumped prices say, and is a hedge that outgrows one cut?"""

import math
from datetime import timedelta

import pytest

from core.market.figure import known
from core.playbook.bounds import BoundUse
from core.playbook.condor_greeks import CondorGreeks, condor_greeks
from core.playbook.parameters import with_values
from core.playbook.sizing import Sizing
from core.positions.book import Condor
from core.valuation.black76 import implied_volatility, price
from tests.core.playbook.test_held import THEN
from tests.core.playbook.test_sizing import account, contracts, facts, market, sized
from tests.core.playbooks import changed, composite, preset
from tests.core.valuation.positions import condor

YEARS = 30 / 365
RATE = 0.045
JULY = "2018-07-18"
STRIKES = {(4700.0, -1): (1, 15.84), (4750.0, -1): (-1, 20.91), (5200.0, 1): (-1, 21.04), (5250.0, 1): (1, 12.69)}


def example(quantity: int = 1) -> Condor:
    """Return the condor of the worked example with the printed premium of each leg."""
    return condor(
        *(
            f"{side * quantity:+d} SPX {JULY} {'P' if sign < 0 else 'C'} {strike:g} @ {premium}"
            for (strike, sign), (side, premium) in STRIKES.items()
        )
    )


def worth(spx: float, vix_points: float = 0.0) -> float:
    """Return the dollars of the condor at SPX, its volatilities moved by 0.8 for each point of VIX (30 days)."""
    total = 0.0
    for (strike, sign), (side, premium) in STRIKES.items():
        discount, grown = math.exp(-RATE * YEARS), math.exp(RATE * YEARS)
        sigma = implied_volatility(premium, 5000 * grown, strike, YEARS, sign, discount)
        assert isinstance(sigma, float)
        moved = sigma + 0.8 * vix_points / 100
        total += side * 100 * float(price(spx * grown, strike, moved, YEARS, sign, discount))
    return total


def use(found: Sizing, key: str) -> BoundUse:
    return next(one for one in found.bounds if one.key == key)


def with_greeks(**changes: object) -> Sizing:
    playbook = changes.pop("playbook", composite())
    condors = changes.pop("condors", (example(),))
    edr = changes.pop("edr", 0.90)
    return sized(playbook, edr, condors=condors, then=THEN, **changes)  # type: ignore[arg-type]


def test_the_condors_greeks_are_those_of_bumped_prices() -> None:
    found = condor_greeks((example(),), market(), THEN)
    step = 0.01
    by_vega = (worth(5000, step) - worth(5000, -step)) / (2 * step)
    by_delta = (worth(5000 + step) - worth(5000 - step)) / (2 * step)
    assert found.vix_up.value == pytest.approx(by_vega, rel=1e-4)
    assert found.spx_down.value == pytest.approx(-50 * by_delta, rel=1e-4)
    assert found.delta.value == pytest.approx(by_delta / 100, rel=1e-4)
    assert condor_greeks((example(3),), market(), THEN).delta.value == pytest.approx(by_delta / 100, rel=1e-4)


@pytest.mark.playbook("002-15", "003-16")
def test_what_each_layer_takes_of_each_bound() -> None:
    found = with_greeks()
    (layer,) = found.layers
    per_point = layer.contracts.value * 100 * layer.hedge.delta / math.sqrt(1 + 30 / 10)
    vega = use(found, "bounds.net_vega")
    assert vega.by_layer[1].value == pytest.approx(per_point)
    assert vega.total.value == pytest.approx(vega.condors.value + per_point)
    assert vega.high.value == pytest.approx(0.02 * found.risk.value) == -vega.low.value
    assert vega.is_within == (abs(vega.total.value) <= 0.02 * found.risk.value)
    offset = use(found, "bounds.offset")
    assert offset.total.value == pytest.approx(-100 * per_point / vega.condors.value)
    assert (offset.low.value, offset.high.value) == (60, 70)


@pytest.mark.playbook("002-15")
def test_a_vix_hedge_takes_nothing_of_net_delta_while_vix_stands_still() -> None:
    delta = use(with_greeks(), "bounds.net_delta")
    assert delta.by_layer[1].value == 0
    assert delta.high.value == pytest.approx(1_000)  # 1 % of an equity of 100,000
    assert delta.is_within is True


@pytest.mark.playbook("001-17")
def test_net_delta_of_a_condor_after_layer_1_by_hand() -> None:
    found = with_greeks()
    (layer,) = found.layers
    # SPX -1 % is -50 points; VIX goes to 18 x 0.99^-4.5, and the call gains its dollars a point for each
    gain = layer.contracts.value * layer.hedge.per_vix_point * 18 * (0.99**-4.5 - 1)
    each = use(found, "bounds.net_delta_condor")
    assert each.by_layer[1].value == pytest.approx(-gain / (50 * 100))
    assert each.total.value == pytest.approx(each.condors.value - gain / 5000)
    assert (each.low.value, each.high.value, each.is_within) == (-0.15, 0.15, True)


def test_a_hedge_that_outgrows_the_bound_is_cut_and_named() -> None:
    # the VIX band asks for 12 % of ten million dollars: more than ten condors lose for any move of VIX
    more = {"edr": 1.05, "condors": (example(10),), "account": account(10_000_000, 10_000_000)}
    wide = with_greeks(playbook=changed(annual__cost_warn=20, bounds__net_vega=20), **more)
    tight = with_greeks(playbook=changed(annual__cost_warn=20, bounds__net_vega=0.1), **more)
    total = use(tight, "bounds.net_vega")
    assert use(wide, "bounds.net_vega").total.value > total.high.value == pytest.approx(0.001 * tight.risk.value)
    assert tight.binding == "budget.L1, bounds.net_vega"
    assert total.is_within is True
    assert contracts(tight)[2] < contracts(wide)[2]
    # one contract more of each layer that was cut would be outside
    more_of_each = sum(layer.hedge.per_vix_point for layer in tight.layers)
    assert total.total.value + more_of_each > total.high.value
    assert tight.shortfall.value > wide.shortfall.value


def test_without_the_market_of_the_fills_bounds_are_unknown_and_the_size_is_not() -> None:
    found = sized(composite())
    assert use(found, "bounds.net_vega").is_within is None
    assert use(found, "bounds.net_vega").total.unknown == "the market at the fills is not known"
    assert found.target.value is not None
    assert contracts(found) == {1: 1}


def test_the_unit_of_exposure_is_the_playbooks() -> None:
    found = {unit: sized(changed(exposure__unit=unit)).cost for unit in ("delta", "premium", "vega")}
    assert found["delta"].chosen == found["delta"].exposure
    assert found["premium"].chosen == found["premium"].premium
    assert found["vega"].chosen == found["vega"].vega
    (layer,) = sized(composite()).layers
    assert found["vega"].vega.value == pytest.approx(layer.hedge.per_vix_point)


@pytest.mark.playbook("000-10")
def test_the_second_layer_is_a_call_spread_and_counts_as_one() -> None:
    found = sized(preset("000-ladder"), 0.95)
    first, second = found.layers
    assert (first.hedge.cap, second.hedge.cap) == (0, second.hedge.strike + 10)
    assert second.exposure.value == pytest.approx(second.contracts.value * 100 * second.hedge.delta * 20.3)
    assert second.premium.value == pytest.approx(second.contracts.value * 100 * second.hedge.premium)
    by_response = [reach.by_layer[2].value for reach in found.reached]
    assert by_response == sorted(by_response)
    assert by_response[-1] <= second.contracts.value * second.hedge.most
    covered = [
        100 * sum(one.value for one in reach.by_layer.values()) / found.risk.value for reach in found.reached
    ]
    assert covered == pytest.approx([reach.expiry_pct.value for reach in found.reached])
    single = sized(with_values(preset("000-ladder"), {"layer.2.form": "call"}), 0.95).layers[1]
    assert single.hedge.cap == 0
    assert second.hedge.premium < single.hedge.premium


def test_known_greeks_are_figures_with_their_words() -> None:
    found = condor_greeks((example(),), market(), THEN)
    assert isinstance(found, CondorGreeks)
    assert "VIX +1 point" in found.vix_up.formula
    expired = condor_greeks((example(),), market(now=facts().market.now + timedelta(days=40)), THEN)
    assert "has expired" in expired.vix_up.unknown
    assert known(1.0, "$").value == 1.0
