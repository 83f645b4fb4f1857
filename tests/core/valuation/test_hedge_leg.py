"""Do hedge legs and layers break even where the playbook's example and hand calculations say?"""

import math
from dataclasses import replace

import pytest

from core.market.figure import known, unknown
from core.measures.spot_vol import BASE, HIGH, Response
from core.positions.leg import open_legs
from core.valuation.break_evens import HedgeLegBreakEven
from core.valuation.hedge_leg import alignment_rho, hedge_leg_break_even, layer_break_evens
from tests.core.valuation.positions import VIX_32, VIX_62, condor, fills, iron_condor, layer, market


def of(text: str, response: Response = BASE) -> HedgeLegBreakEven:
    return hedge_leg_break_even(open_legs(fills([text]))[0], market(), response)


@pytest.mark.parametrize(
    ("text", "vix", "spx"),
    [
        (f"+4 VIX {VIX_32} C 19 @ 1.90", 20.90, 4836.7),
        (f"+1 VIX {VIX_32} C 22 @ 1.12", 23.12, 4729.5),
        (f"-1 VIX {VIX_32} C 22 @ 1.12", 23.12, 4729.5),
        (f"+1 VIX {VIX_32} P 17 @ 1.50", 15.50, 5000 * (15.5 / 18) ** (-1 / 3.4)),
        (f"+1 VX {VIX_32} @ 18.80", 18.80, 5000 * (18.8 / 18) ** (-1 / 4.5)),
    ],
)
def test_vix_legs_break_even_in_vix_and_in_spx(text: str, vix: float, spx: float) -> None:
    found = of(text)
    assert found.vix.value == pytest.approx(vix)
    assert found.spx.value == pytest.approx(spx, abs=0.1)


def test_a_stronger_response_breaks_even_nearer() -> None:
    found = of(f"+4 VIX {VIX_32} C 19 @ 1.90", response=HIGH)
    assert found.spx.value == pytest.approx(5000 * (20.9 / 18) ** (-1 / 7))


def test_spx_puts_break_even_in_spx_alone() -> None:
    assert of(f"+1 SPX {VIX_62} P 4700 @ 30").spx.value == pytest.approx(4670)
    assert of(f"+1 XSP {VIX_62} P 470 @ 3.10").spx.value == pytest.approx(4669)
    assert of(f"+1 SPX {VIX_62} P 4700 @ 30").vix.unknown == "SPX leg"


def test_what_has_no_break_even_says_why() -> None:
    assert "no model" in of("+9 VXX @ 27.1").vix.unknown
    assert "outside the map's 9 to 90" in of(f"+1 VIX {VIX_32} C 95 @ 0.05").spx.unknown
    leg = open_legs(fills([f"+1 VIX {VIX_32} C 19 @ 1.90"]))[0]
    package = replace(leg, opened_by=tuple(replace(d, fill=replace(d.fill, price=None)) for d in leg.opened_by))
    assert "only its package has a price" in hedge_leg_break_even(package, market()).spx.unknown
    assert hedge_leg_break_even(leg, market(spx=None)).spx.unknown == "no SPX value"
    assert hedge_leg_break_even(leg, market(vix=math.nan)).spx.unknown == "no VIX value"
    assert hedge_leg_break_even(leg, market(vix=None)).vix.value == pytest.approx(20.9)


def test_a_call_spread_breaks_even_at_its_net_debit_and_fees() -> None:
    # 4 x (1.20 - 0.45) = 300 dollars and 12 of fees: 25 + 3.12 / 4
    found = layer_break_evens(
        layer(f"+4 VIX {VIX_32} C 25 @ 1.20", f"-4 VIX {VIX_32} C 35 @ 0.45", fees="12"), market()
    )
    assert [one.vix.value for one in found] == pytest.approx([25.78])
    assert found[0].spx.value == pytest.approx(5000 * (25.78 / 18) ** (-1 / 4.5))


def test_a_ratio_has_two_break_evens_in_vix() -> None:
    # +1 C 20, -2 C 30 for nothing but 1.00 paid: 21 and 39
    found = layer_break_evens(layer(f"+1 VIX {VIX_32} C 20 @ 2", f"-2 VIX {VIX_32} C 30 @ 0.50"), market())
    assert [one.vix.value for one in found] == pytest.approx([21.0, 39.0])


def test_a_calendar_or_a_mixed_layer_has_no_single_level() -> None:
    calendar = layer(f"-1 VIX {VIX_32} C 20 @ 1.6", f"+1 VIX {VIX_62} C 20 @ 2.3")
    assert "different days" in layer_break_evens(calendar, market())[0].vix.unknown
    mixed = layer(f"+1 VIX {VIX_32} C 20 @ 1.6", f"+1 SPX {VIX_62} P 4700 @ 30")
    assert "not all on VIX" in layer_break_evens(mixed, market())[0].vix.unknown


@pytest.mark.parametrize(("spx", "rho"), [(4836.7, 2.73), (4729.5, 0.59)])
def test_alignment_of_the_worked_example(spx: float, rho: float) -> None:
    assert alignment_rho(known(spx, "points"), iron_condor()).value == pytest.approx(rho, abs=0.005)


def test_alignment_of_xsp_is_in_spx_points() -> None:
    tenth = iron_condor((470, 475, 520, 525), "1.34", root="XSP")
    assert alignment_rho(known(4725.0, "points"), tenth).value == pytest.approx(0.5)


def test_alignment_needs_a_put_spread_and_a_level() -> None:
    calls = condor("-1 SPX 2018-07-18 C 5200 @ 21", "+1 SPX 2018-07-18 C 5250 @ 12")
    assert alignment_rho(known(4700.0, "points"), calls).unknown == "the condor has no put spread"
    assert alignment_rho(unknown("no VIX value"), iron_condor()).unknown == "no VIX value"
