"""Are the roots that were followed over ticks those that a search finds anew?"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from core.measures.spot_vol import BASE, vix_at
from core.positions.book import Condor
from core.valuation.book_curves import CurvesAsked, curves
from core.valuation.exact_roots import exact_roots
from core.valuation.leg_table import LegTable, leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import leg_volatilities
from core.valuation.revalue import Group, group_of, profits
from core.valuation.spx_levels import spx_levels
from core.valuation.tracked_roots import DisjointGroups, Tracked, track
from tests.core.valuation.positions import CALENDAR, EXPIRY, NOW, THEN, VIX_62, condor, layer, market

SOON = NOW + timedelta(minutes=1)
GAINED = Decimal(600)  # so that each group gains at today's SPX


def gaining(puts: tuple[int, int], calls: tuple[int, int]) -> Condor:
    """Return three condors at the example's prices, with some dollars more."""
    prices = (15.84, 20.91, 21.04, 12.69)
    legs = zip(("+3", "-3", "-3", "+3"), ("P", "P", "C", "C"), (*puts, *calls), prices, strict=True)
    one = condor(*(f"{q} SPX {EXPIRY} {right} {strike} @ {price}" for q, right, strike, price in legs))
    return replace(one, cash=one.cash + GAINED)


HELD = (
    gaining((4700, 4750), (5200, 5250)),
    layer(f"+2 VIX {VIX_62} C 20 @ 2.32", f"-1 VIX {VIX_62} C 30 @ 0.70"),
    gaining((4650, 4700), (5150, 5200)),
    layer(f"+1 VXM {VIX_62} @ 19.6"),
)
TERMS = leg_terms(HELD, CALENDAR)
VOLATILITIES = leg_volatilities(TERMS, THEN, 0.045)
GROUPS = [group_of(TERMS, "", (0, 1)), group_of(TERMS, "", (2, 3))]


def at(spx: float) -> LegTable:
    return leg_table(TERMS, VOLATILITIES, market(spx=spx))


def searched(table: LegTable) -> np.ndarray:
    """Return the roots next to the money, found from nothing: a row below it and one above."""
    levels = spx_levels(table, GROUPS, SOON.timestamp(), (BASE,))
    asked = CurvesAsked(table, GROUPS, SOON.timestamp(), (BASE,), levels)
    (group, _, _), roots = exact_roots(asked, curves(asked))
    return np.array([roots[group == index][-2:] for index in range(len(GROUPS))]).T


def test_roots_follow_the_quotes() -> None:
    rng, spx = np.random.default_rng(1), 5000.0
    followed = Tracked(searched(at(spx)), np.array([[50.0, 50.0], [-50.0, -50.0]]))
    for _ in range(30):
        spx *= 1 + rng.normal(0, 0.001)
        followed = track(at(spx), DisjointGroups(at(spx), GROUPS), SOON.timestamp(), followed)
        assert followed.roots == pytest.approx(searched(at(spx)), abs=1e-4)
    level = followed.roots[:, 0]
    gain = profits(at(spx), GROUPS[:1], level, vix_at(level, spx, 18, BASE), SOON)
    assert gain[0] == pytest.approx([0, 0], abs=1e-2)


def test_a_root_that_is_no_more_is_lost_and_said_so() -> None:
    table = at(5000.0)
    poorer = [Group("", group.rows, group.cash - 20_000) for group in GROUPS[:1]] + GROUPS[1:]
    start = Tracked(searched(table), np.array([[50.0, 50.0], [-50.0, -50.0]]))
    found = track(table, DisjointGroups(table, poorer), SOON.timestamp(), start).roots
    assert np.isnan(found[:, 0]).all()
    assert found[:, 1] == pytest.approx(start.roots[:, 1], abs=1e-6)


def test_groups_that_share_a_leg_cannot_be_followed_together() -> None:
    with pytest.raises(ValueError, match="share a leg"):
        DisjointGroups(at(5000.0), [GROUPS[0], group_of(TERMS, "", (0,))])
