"""Are the curves of many groups those of one leg at a time, and are their roots roots, over random books?"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.market.times import new_york
from core.measures.spot_vol import BASE, HIGH, LOW, vix_at
from core.positions.book import Holding
from core.positions.contract import MORNING
from core.valuation.book_curves import CurvesAsked, curves
from core.valuation.break_evens import bare_break_evens, break_evens_at, break_evens_at_expiry
from core.valuation.exact_roots import exact_roots
from core.valuation.leg_table import LegTable, leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import leg_volatilities
from core.valuation.revalue import Group, group_of, profits
from core.valuation.spx_levels import spx_levels
from tests.core.valuation.positions import CALENDAR, EXPIRY, NOW, THEN, VIX_62, condor, iron_condor, layer, market

AT_EXPIRY = new_york(EXPIRY, MORNING)
RESPONSES = (LOW, BASE, HIGH)
NEAR, EARLY, NEXT_DAY = date(2018, 7, 20), date(2018, 7, 3), date(2018, 7, 19)
CURVE = {EARLY: 18.3, EXPIRY: 18.6, NEXT_DAY: 18.6, NEAR: 18.8, VIX_62: 19.6}
MARKET = market(curve=CURVE)
LEGS = st.lists(
    st.builds(
        lambda quantity, expiry, right, strike, premium: (
            f"{quantity:+d} VIX {expiry} {right} {strike} @ {premium:.2f}"
        ),
        st.sampled_from([-6, -2, 1, 4, 10]),
        st.sampled_from([EARLY, EXPIRY, NEAR, NEXT_DAY, VIX_62]),
        st.sampled_from(["C", "P"]),
        st.integers(14, 40),
        st.floats(0.05, 0.6),
    )
    | st.sampled_from([f"-1 VX {VIX_62} @ 19.6", f"+2 VXM {NEAR} @ 18.7", "+3 SPXW 2018-08-17 P 4500 @ 30"]),
    max_size=5,
)


def valued(*holdings: Holding) -> LegTable:
    terms = leg_terms(holdings, CALENDAR)
    volatilities = leg_volatilities(terms, THEN, MARKET.rate)
    # a random premium may imply none: then one that a quiet market would have
    sigma = np.where(np.isnan(volatilities.sigma) & (terms.on == 1), 0.9, volatilities.sigma)
    return leg_table(terms, replace(volatilities, sigma=sigma), MARKET)


def groups_of(table: LegTable) -> list[Group]:
    count = len(table.terms.holdings)
    return [group_of(table.terms, str(upto), range(upto)) for upto in range(1, count + 1)]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(LEGS, LEGS, st.sampled_from([NOW, NOW + timedelta(days=1), AT_EXPIRY - timedelta(hours=2), AT_EXPIRY]))
def test_curves_are_the_sum_of_the_legs_and_roots_are_roots(
    first: list[str], second: list[str], when: datetime
) -> None:
    table = valued(iron_condor(quantity=2), layer(*first), layer(*second))
    groups = groups_of(table)
    levels = spx_levels(table, groups, when.timestamp(), RESPONSES)
    asked = CurvesAsked(table, groups, when.timestamp(), RESPONSES, levels)
    found = curves(asked)
    exact = np.stack(
        [
            profits(table, groups, levels, vix_at(levels, 5000, 18, response), when, response=response)
            for response in RESPONSES
        ],
        axis=1,
    )
    assert found == pytest.approx(exact, abs=0.01)
    (group, response, at), roots = exact_roots(asked, found)
    assert ((roots >= levels[at]) & (roots <= levels[at + 1])).all()
    for index, row, root in zip(group, response, roots, strict=True):
        near = root + np.array([-1e-5, 0.0, 1e-5])
        vix = vix_at(near, 5000, 18, RESPONSES[row])
        gain = profits(table, [groups[index]], near, vix, when, response=RESPONSES[row])[0]
        assert (gain[0] < 0) != (gain[2] < 0) or abs(gain[1]) < 1e-3


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(LEGS)
def test_zones_alternate_between_the_roots_and_hold_their_extremes(texts: list[str]) -> None:
    table = valued(iron_condor(), layer(*texts))
    group = groups_of(table)[-1]
    (found,) = break_evens_at(table, [group], AT_EXPIRY, MARKET)
    assert len(found.zones) == len(found.points) + 1
    assert all(one.kind != other.kind and one.high == other.low for one, other in pairwise(found.zones))
    assert (found.zones[0].low, found.zones[-1].high) == (None, None)
    spx = np.arange(3500.0, 6000.0, 1.0)
    gains = profits(table, [group], spx, vix_at(spx, 5000, 18, BASE), AT_EXPIRY)[0]
    for zone in found.zones:
        inside = (spx > (zone.low or 0) + 1e-6) & (spx < (zone.high or 1e9) - 1e-6)
        if inside.any():
            assert gains[inside].min() >= zone.worst - 0.5 * 400
            assert ((gains[inside] >= -1e-3) if zone.kind == "profit" else (gains[inside] <= 1e-3)).all()
    assert found.min_profit.value == pytest.approx(min(zone.worst for zone in found.zones), abs=0.01)


def test_without_layers_it_is_the_closed_form_for_a_thousand_books_at_once() -> None:
    rng = np.random.default_rng(5)
    books = []
    for _ in range(100):
        puts, calls = 4000 + 5 * rng.integers(0, 150), 5100 + 5 * rng.integers(0, 150)
        strikes = (int(puts) - 50, int(puts), int(calls), int(calls) + 50)
        books.append(iron_condor(strikes, f"{rng.uniform(2, 30):.2f}", int(rng.integers(1, 9))))
    table = valued(*books)
    groups = [group_of(table.terms, "", [index]) for index in range(len(books))]
    for one, found in zip(books, break_evens_at_expiry(table, groups, MARKET), strict=True):
        assert found.points == pytest.approx(bare_break_evens(one).points, abs=0.01)
        assert found.low_response == found.high_response == found.points


def test_groups_of_several_expiries_are_each_looked_at_at_their_own() -> None:
    early = iron_condor((4600, 4650, 5300, 5350), "5.00", expiry=date(2018, 7, 6), root="SPXW")
    table = valued(early, iron_condor(), layer(f"+1 VX {VIX_62} @ 19.60"))
    groups = [group_of(table.terms, "", some) for some in ([0], [1, 2], [0, 1, 2], [2])]
    found = break_evens_at_expiry(table, groups, MARKET)
    assert [one.horizon for one in found] == [date(2018, 7, 6), EXPIRY, EXPIRY, None]
    assert found[0].points == pytest.approx([4645.0, 5305.0])
    assert "no condor is open" in found[3].unknown


def test_a_group_of_one_leg_that_cannot_be_valued_is_unknown_and_the_others_are_not() -> None:
    table = valued(iron_condor(), layer("+9 VXX @ 27.1"))
    groups = [group_of(table.terms, "", [0]), group_of(table.terms, "", [0, 1])]
    bare, hedged = break_evens_at(table, groups, AT_EXPIRY, MARKET)
    assert bare.points == pytest.approx([4736.58, 5213.42])
    assert (hedged.points, hedged.unknown) == ((), "VXX: no price of VXX: enter a quote")
    gains = profits(table, groups, np.array([4800.0]), 18.0, AT_EXPIRY)
    assert gains[0] == pytest.approx([1342.0])
    assert np.isnan(gains[1]).all()


def test_strikes_far_from_spx_are_searched_too() -> None:
    table = leg_table(TABLE_OF_ONE.terms, TABLE_OF_ONE.volatilities, market(spx=2000.0, curve=CURVE))
    (found,) = break_evens_at(table, groups_of(table), AT_EXPIRY, market(spx=2000.0))
    assert found.points == pytest.approx([4736.58, 5213.42], abs=1e-6)


def test_spx_may_be_unknown_where_no_leg_follows_vix() -> None:
    nowhere = market(spx=None, vix=None)
    table = leg_table(TABLE_OF_ONE.terms, TABLE_OF_ONE.volatilities, nowhere)
    (found,) = break_evens_at(table, groups_of(table), AT_EXPIRY, nowhere)
    assert found.points == pytest.approx([4736.58, 5213.42], abs=1e-6)


def test_both_sides_of_a_corner_narrower_than_the_grid_are_found() -> None:
    # a long 5002/5003/5004 butterfly for 0.30: profit only between 5002.30 and 5003.70, inside one step
    fly = condor(f"+1 SPX {EXPIRY} C 5002 @ 0.30", f"-2 SPX {EXPIRY} C 5003 @ 0", f"+1 SPX {EXPIRY} C 5004 @ 0")
    table = valued(fly)
    (found,) = break_evens_at(table, groups_of(table), AT_EXPIRY, MARKET)
    assert found.points == pytest.approx([5002.3, 5003.7], abs=1e-6)


def test_a_naked_call_breaks_even_beyond_the_searched_levels() -> None:
    table = valued(condor(f"-1 SPX {EXPIRY} C 5200 @ 1500"))
    (found,) = break_evens_at(table, groups_of(table), AT_EXPIRY, MARKET)
    assert found.points == pytest.approx([6700.0], abs=1e-6)


TABLE_OF_ONE = valued(iron_condor())
