"""Does the engine give the contracts, costs and coverage of the worked examples, and name what binds?"""

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.market.figure import Figure, known, unknown
from core.measures.breadth import Grade
from core.playbook.parameters import Playbook, with_values
from core.playbook.sizing import Sizing, Unsized, size
from core.playbook.sizing_frame import SizingFacts, risk_of
from core.playbook.wishes import Wish
from core.positions.book import Account, Condor
from core.valuation.forwards import MarketNow
from tests.core.histories import calendar
from tests.core.playbooks import changed, composite, preset
from tests.core.valuation.positions import condor, iron_condor

NOW = datetime(2018, 6, 18, 13, 30, tzinfo=UTC)
JULY = date(2018, 7, 18)  # SPX condor and VIX option settle on the same morning: the call is at intrinsic on VIX
CURVE = {
    date(2018, 6, 20): 18.1,
    JULY: 18.8,
    date(2018, 8, 22): 19.6,
    date(2018, 9, 19): 19.9,
    date(2018, 10, 17): 20.3,
    date(2018, 11, 21): 20.6,
    date(2018, 12, 19): 20.8,
    date(2019, 1, 16): 21.0,
}
QUOTES = {(JULY, 19.0): 1.90, (JULY, 22.0): 1.12}
HALF_DELTA = {"strike.target": "delta", "strike.delta": 0.5}


def market(**changes: object) -> MarketNow:
    known_ = {"now": NOW, "spx": 5000.0, "vix": 18.0, "curve": CURVE, "rate": 0.045, "rate_note": "as the example"}
    return MarketNow(**(known_ | {"calendar": calendar()} | changes))


def account(notional: int = 100_000, equity: int = 100_000) -> Account:
    return Account(NOW, Decimal(equity), Decimal(0), Decimal(notional))


def facts(edr: float | Figure = 0.90, **changes: object) -> SizingFacts:
    figure = edr if isinstance(edr, Figure) else known(edr, "%")
    known_ = {"condors": (iron_condor(),), "market": market(), "edr": figure, "warning": Grade.NONE}
    return SizingFacts(**(known_ | {"account": account(), "quotes": QUOTES} | changes))


def sized(playbook: Playbook, edr: float | Figure = 0.90, **changes: object) -> Sizing:
    found = size(facts(edr, **changes), playbook)
    assert isinstance(found, Sizing), found
    return found


def wish(found: Sizing, rule: str) -> Wish:
    return next(one for one in found.wishes if one.rule == rule)


def contracts(found: Sizing) -> dict[int, float | None]:
    return {layer.number: layer.contracts.value for layer in found.layers}


@pytest.mark.playbook("000-8")
def test_a_quarter_of_the_loss_takes_four_half_delta_calls_and_more_than_half_of_the_credit() -> None:
    # playbook 0.3: max loss 3,658, credit 1,342; 25 % at the long put needs 4 ATM calls = 57 % of the credit
    found = sized(with_values(preset("000-ladder"), HALF_DELTA))
    assert (found.risk.value, found.credit.value) == (pytest.approx(3658), pytest.approx(1342))
    assert found.layers[0].hedge.text == "VIX 2018-07-18 C 19"
    assert found.layers[0].exact.value == pytest.approx(0.25 * 3658 / 288, abs=0.01)
    assert contracts(found) == {1: 4}
    assert found.cost.premium.value == pytest.approx(760)
    assert found.cost.premium_pct.value == pytest.approx(57, abs=0.5)
    assert (found.decided_by, found.binding) == ("ladder", "ladder")
    assert found.shortfall.value == 0
    assert found.design_spx.value == 4700


@pytest.mark.playbook("001-15")
def test_the_budget_buys_one_call_and_two_percent_of_coverage() -> None:
    # playbook 0.3: 8-12 % of the credit buys one 22-strike call = 2 % coverage
    found = sized(preset("001-credit-budget"))
    assert found.layers[0].hedge.text == "VIX 2018-07-18 C 22"
    assert found.layers[0].hedge.rho == pytest.approx(0.59, abs=0.01)
    assert contracts(found) == {1: 1}
    assert found.cost.premium.value == pytest.approx(112)
    base = next(reach for reach in found.reached if reach.response == "base")
    assert base.expiry_pct.value == pytest.approx(2, abs=0.3)
    assert found.covers_pct.value == 25


@pytest.mark.playbook("001-15")
def test_the_composite_shows_both_and_names_the_budget() -> None:
    # playbook C7: both shown, "binding: budget; coverage reached x %"
    found = sized(composite())
    assert wish(found, "ladder").exposure.value > 10 * wish(found, "budget").exposure.value
    assert found.binding == "budget.L1"
    assert contracts(found) == {1: 1}
    assert found.shortfall.value == pytest.approx(found.target.value - found.cost.exposure.value)
    assert found.shortfall.value > 0


def test_coverage_is_that_of_the_three_responses() -> None:
    found = sized(with_values(preset("000-ladder"), HALF_DELTA))
    vix = {
        reach.response: 18 * (4700 / 5000) ** -b for reach, b in zip(found.reached, (2.5, 4.5, 7.0), strict=True)
    }
    assert {reach.response: reach.vix.value for reach in found.reached} == pytest.approx(vix)
    for reach in found.reached:
        gain = 4 * 100 * (max(vix[reach.response] - 19, 0) - 1.90)
        assert reach.expiry_pct.value == pytest.approx(100 * gain / 3658)
    days = [reach.day_pct.value for reach in found.reached]
    assert days == sorted(days)


THE_CONDOR_OF_003 = condor(
    f"+1 SPX {JULY} P 4700 @ 0",
    f"-1 SPX {JULY} P 4750 @ 0",
)


@pytest.mark.playbook("003-17")
def test_the_example_of_003() -> None:
    # seed 003: $5,000 of risk on $100,000 of notional; $6,000-10,000 of VIX exposure
    # playbook C6: 6-11 half-delta calls, or 3-5 VXM
    calm = market(vix=14.0)
    playbook = with_values(preset("003-regime"), HALF_DELTA)
    found = sized(playbook, condors=(THE_CONDOR_OF_003,), market=calm, quotes={})
    assert found.risk.value == pytest.approx(5000)
    band, static = wish(found, "regime"), wish(found, "static")
    assert (band.low.value, band.high.value) == (pytest.approx(6_000), pytest.approx(8_000))
    assert static.exposure.value == pytest.approx(10_000)
    hedge = found.layers[0].hedge
    assert hedge.delta == pytest.approx(0.5, abs=0.05)
    half = 100 * 0.5 * 18.8
    assert (round(6_000 / half), round(10_000 / half)) == (6, 11)
    assert (round(6_000 / 1880), round(10_000 / 1880)) == (3, 5)
    assert static.vxm.value == pytest.approx(10_000 / 1880)
    assert band.calls.value == pytest.approx(7_000 / (100 * hedge.delta * 18.8))
    assert contracts(found) == {1: round(band.calls.value)}
    # as premium the same dollars exceed the risk of 5,000: that is why exposure is delta notional
    assert static.calls.value * 100 * 18.8 > 5000


def test_more_bands_mean_more_layers() -> None:
    spans = {14.0: 1, 18.0: 2, 30.0: 3}
    for vix, layers in spans.items():
        found = sized(preset("003-regime"), market=market(vix=vix), quotes={})
        assert [layer.number for layer in found.layers] == list(range(1, layers + 1))
        exposures = [layer.exact.value * layer.hedge.exposure for layer in found.layers]
        assert exposures == pytest.approx([found.target.value / layers] * layers)


def test_breadth_asks_for_an_eighth_of_the_notional() -> None:
    found = sized(preset("004-breadth"), warning=Grade.MINOR)
    assert found.target.value == pytest.approx(12_500)
    minimum = wish(found, "breadth")
    assert (minimum.low.value, minimum.high.value) == (pytest.approx(10_000), pytest.approx(15_000))
    assert sized(preset("004-breadth")).target.value == 0
    unseen = sized(preset("004-breadth"), warning=Grade.UNKNOWN)
    assert unseen.target.unknown == "breadth is unknown"
    assert unseen.layers[0].contracts.unknown == "breadth is unknown"
    assert unseen.shortfall.unknown


def test_the_public_ratio_by_ten_condors() -> None:
    ten = iron_condor(quantity=10)
    found = sized(preset("4-4-2"), condors=(ten,), quotes={})
    assert contracts(found) == {1: 4, 2: 4, 3: 2}
    assert [layer.hedge.expiry for layer in found.layers] == [JULY, date(2018, 10, 17), date(2019, 1, 16)]
    assert all(0.4 < layer.hedge.delta < 0.6 for layer in found.layers)
    five = sized(preset("4-4-2"), condors=(iron_condor(quantity=5),), quotes={})
    assert contracts(five) == {1: 2, 2: 2, 3: 1}


def test_layers_share_the_ladder_and_add_up_to_the_target() -> None:
    free = changed(budget__L1=12, annual__cost_warn=20)
    rich = facts(1.05, condors=(iron_condor(quantity=10),), account=account(10_000_000, 10_000_000))
    found = size(rich, free)
    assert isinstance(found, Sizing)
    exact = {layer.number: layer.exact.value * layer.hedge.exposure for layer in found.layers}
    assert set(exact) == {1, 2, 3, 4}
    assert sum(exact.values()) == pytest.approx(found.target.value)
    ladder = wish(found, "ladder").exposure.value
    assert found.target.value == pytest.approx(max(ladder, 0.12 * 10_000_000))
    assert found.decided_by == "bottom of the VIX band"


def test_the_annual_outlay_cuts_where_the_premium_of_a_year_is_too_much() -> None:
    found = sized(composite(), condors=(iron_condor(quantity=100),), account=account(400_000, 50_000))
    # one year of a 30-day call at 112 dollars: 112 x 365 / 30 = 1,363 dollars; 2 % of 50,000 are 1,000
    assert found.binding == "annual.cost_warn"  # the budget, 10 % of 134,200, would allow 119 calls
    assert contracts(found) == {1: 0}
    assert found.cost.annual_pct.value == 0
    dearer = sized(composite(), condors=(iron_condor(quantity=100),), account=account(400_000, 500_000))
    assert dearer.cost.annual_pct.value <= 2
    assert contracts(dearer)[1] == math.floor(10_000 / (112 * 365 / 30))


def test_the_implied_annual_outlay() -> None:
    # playbook C9: 8-12 % of the credit each 45 days is a multiple of the 1-2 % a year that is claimed
    found = sized(preset("001-credit-budget"), account=account(equity=18_290))  # 20 % of the account at risk
    layer = found.layers[0]
    assert found.cost.annual.value == pytest.approx(layer.premium.value * 365 / layer.hedge.days)
    assert found.cost.annual_pct.value == pytest.approx(100 * 112 * 365 / 30 / 18_290, rel=1e-3)
    assert found.cost.annual_pct.value > 2


@pytest.mark.playbook("003-14")
@pytest.mark.playbook("000-8")
def test_every_wish_stands_side_by_side_in_dollars_and_contracts() -> None:
    found = sized(composite(), 1.00, warning=Grade.MODERATE)
    assert [one.rule for one in found.wishes] == ["ladder", "budget", "regime", "static", "breadth", "contracts"]
    call = found.layers[0].hedge
    for one in found.wishes:
        assert one.calls.value == pytest.approx(one.exposure.value / call.exposure)
        assert one.vxm.value == pytest.approx(one.exposure.value / (100 * 18.8))
        assert one.premium.value == pytest.approx(one.calls.value * call.outlay)


def test_below_the_first_rung_the_ladder_asks_for_nothing_and_the_band_for_its_least() -> None:
    assert sized(preset("000-ladder"), 0.89).target.value == 0
    assert contracts(sized(preset("000-ladder"), 0.89)) == {1: 0}
    found = sized(composite(), 0.89)
    assert (found.target.value, found.decided_by) == (pytest.approx(12_000), "bottom of the VIX band")


def test_what_is_unknown_stays_unknown_and_the_rest_is_shown() -> None:
    found = sized(composite(), unknown("EDR is unknown: no VIX9D", "%"))
    assert found.target.unknown == "EDR is unknown: no VIX9D"
    assert wish(found, "ladder").exposure.unknown
    assert wish(found, "static").exposure.value == pytest.approx(10_000)
    poor = sized(composite(), account=None)
    assert poor.target.unknown == "no account was stated"
    assert poor.cost.annual_pct.unknown == "no account was stated"
    assert wish(poor, "ladder").exposure.value > 0
    assert sized(preset("000-ladder"), account=None).target.value > 0


def test_unknown_breadth_leaves_the_composite_unknown_only_where_it_decides() -> None:
    assert sized(composite(), 0.89, warning=Grade.UNKNOWN).target.unknown == (
        "breadth is unknown, and its minimum would decide"
    )
    steep = sized(composite(), 1.05, warning=Grade.UNKNOWN, condors=(iron_condor(quantity=50),))
    assert (steep.target.value, steep.decided_by) == (pytest.approx(18_000), "top of the VIX band")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"condors": ()}, "no condor is open"),
        ({"market": market(vix=None)}, "no VIX value"),
        ({"market": market(spx=None)}, "no SPX value"),
        ({"market": market(curve={})}, "no VX curve: VIX options are priced on the future of their own expiry"),
    ],
)
def test_without_a_market_or_a_condor_nothing_is_sized(changes: dict[str, object], reason: str) -> None:
    assert size(facts(**changes), composite()) == Unsized("composite", reason)


def test_the_notional_can_be_another_base() -> None:
    by_spx = sized(changed(notional__base="spx"), account=None)
    assert by_spx.notional.value == pytest.approx(500_000)
    by_loss = sized(changed(notional__base="max-loss"), account=None)
    assert by_loss.notional.value == pytest.approx(3658)
    half = sized(composite(), part=0.5)
    assert half.notional.value == pytest.approx(50_000)


def test_the_design_stress_is_the_highest_long_put() -> None:
    far = replace(iron_condor((4400, 4450, 5300, 5350)), id=2)
    found = sized(composite(), condors=(iron_condor(), far))
    assert found.design_spx.value == 4700
    assert found.risk.value == pytest.approx(2 * 3658)


def test_a_condor_without_a_put_spread_has_no_design_stress() -> None:
    calls_only: Condor = condor("-1 SPX 2018-07-18 C 5200 @ 8.35", "+1 SPX 2018-07-18 C 5250 @ 0")
    found = sized(preset("000-ladder"), condors=(calls_only,))
    assert "no condor has a put spread" in found.target.unknown
    assert "no condor has a put spread" in found.reached[0].expiry_pct.unknown


def test_a_naked_condor_has_no_known_risk() -> None:
    naked = condor("-1 SPX 2018-07-18 C 5200 @ 8.35")
    assert "condor 1: no bound above" in risk_of([naked]).unknown


def test_the_day_after_asks_for_more_contracts_than_expiry() -> None:
    # playbook 9: 19 call at 4700, 179 dollars a day on, 288 at expiry
    by_day = sized(with_values(preset("000-ladder"), {**HALF_DELTA, "sizing.stress": "day"}))
    assert contracts(by_day)[1] > 4


def test_the_tail_hedge_index_stands_beside() -> None:
    assert sized(composite()).vxth_pct.value == 1.0
    assert sized(changed(vxth__compare=False)).vxth_pct.unknown == "vxth.compare is off"


def test_notes_name_every_assumption() -> None:
    notes = "\n".join(sized(composite(), quotes={}).notes)
    assert "VIX 2018-07-18 C 22: volatility 90% assumed" in notes
    assert "rate 4.50% a year: as the example" in notes
    assert "VIX by the response map" in notes
