"""Are gauges and net greeks what a small bump of the whole book gives, and held against the playbook's bounds?"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from core.monitor.risk_gauges import gauges
from core.monitor.risk_greeks import book_greeks, greek_rows, leg_sources
from core.monitor.risk_moved import moved_table
from core.positions.book import Account
from tests.core.monitor.risk_scene import black, ground, hedged, implied
from tests.core.playbooks import composite
from tests.core.valuation.positions import EXPIRY, NOW, VIX_62, condor, iron_condor, layer

if TYPE_CHECKING:
    from core.monitor.risk_greeks import BookGreeks
    from core.monitor.risk_ground import Ground
    from core.risk_state import Gauge, GreekRow

ACCOUNT = Account(NOW, Decimal(20_000), Decimal(5_000), Decimal(100_000))


def read(
    found: BookGreeks, account: Account | None = ACCOUNT, before: BookGreeks | None = None
) -> dict[str, Gauge]:
    return {one.key: one for one in gauges(found, composite(), account, before)}


def rows(found: BookGreeks) -> dict[str, GreekRow]:
    return {row.name: row for row in greek_rows(found)}


def bumped(found: Ground, spx: float = 1.0, days: float = 0.0) -> float:
    """Return the dollars of the book at the point, SPX times a factor, days later; volatilities stay."""
    table = moved_table(found.table, found.spx, found.vix, found.moment.timestamp())
    terms, total = table.terms, 0.0
    for at in range(len(terms)):
        years = (float(terms.expiry_s[at]) - table.now_s) / (365 * 86400) - days / 365
        forward = float(table.forward[at]) * (spx if at < 4 else 1.0)  # the four legs of the condor are on SPX
        strike, sigma, sign = float(terms.strike[at]), float(table.sigma[at]), int(terms.sign[at])
        total += float(terms.dollars[at]) * black(forward, strike, sigma, years, sign, 0.045)
    return total


@pytest.mark.parametrize(("spx", "vix", "days"), [(5000.0, 18.0, 0.0), (4800.0, 25.0, 10.0), (5150.0, 15.0, 20.0)])
def test_net_greeks_are_the_bumps_of_a_revaluation(spx: float, vix: float, days: float) -> None:
    when = NOW + timedelta(days=days)
    found = replace(hedged(), spx=spx, vix=vix, moment=when)
    row, here, step = rows(book_greeks(found))["book"], bumped(found), 1e-4
    up, down = bumped(found, 1 + step), bumped(found, 1 - step)
    assert row.value.value == pytest.approx(here)
    assert row.value.value == pytest.approx(float(found.profits(spx, vix, when).sum()) - 1342 + 928)
    assert row.delta.value == pytest.approx((up - down) / (2 * step) * 0.01, rel=1e-5)
    assert row.gamma.value == pytest.approx((up - 2 * here + down) / step**2 * 0.0001, rel=1e-3)
    assert row.theta.value == pytest.approx(
        (bumped(found, days=1e-4) - bumped(found, days=-1e-4)) / 2e-4, rel=1e-5
    )
    more, less = (float(found.profits(spx, vix + bump, when).sum()) for bump in (1e-3, -1e-3))
    assert row.vega.value == pytest.approx((more - less) / 2e-3, rel=1e-5)


@pytest.mark.playbook("001-3")
def test_rows_for_the_book_the_condors_each_layer_and_each_expiry_add_up() -> None:
    other = replace(layer(f"+1 VX {VIX_62} @ 19.60"), number=2)
    found = rows(book_greeks(ground(layer(f"+4 VIX {VIX_62} C 20 @ 2.32"), other)))
    assert list(found) == ["book", "condors", "L1", "L2", "2018-07-18", str(VIX_62)]
    for name in ("value", "delta", "gamma", "vega", "theta"):
        whole = getattr(found["book"], name).value
        parts = [getattr(found[row], name).value for row in ("condors", "L1", "L2")]
        assert whole == pytest.approx(math.fsum(parts))
        assert whole == pytest.approx(
            math.fsum(getattr(found[row], name).value for row in ("2018-07-18", str(VIX_62)))
        )
    # a future gains its beta of a point of VIX: 1000 / sqrt(1 + 62/10)
    assert found["L2"].vega.value == pytest.approx(1000 / math.sqrt(1 + 62 / 10))
    assert found["L2"].theta.value == 0.0
    assert found["L2"].value.value == pytest.approx(0.0)  # opened at its price: closing it brings nothing


def test_bounds_are_shares_of_the_equity_and_of_the_greatest_loss() -> None:
    found = read(book_greeks(hedged()))
    assert (found["delta"].low.value, found["delta"].high.value) == (-200.0, 200.0)  # 1 % of 20,000
    assert found["vega"].low.value == pytest.approx(-0.02 * 3658)
    assert (found["offset"].low.value, found["offset"].high.value) == (60.0, 70.0)
    assert (found["delta_condor"].low.value, found["delta_condor"].high.value) == (-0.15, 0.15)
    for one in found.values():
        ends = (one.low, one.high)
        if None in ends:
            assert (one.key, one.is_within) == ("theta", None)
        else:
            assert one.is_within is (one.low.value <= one.value.value <= one.high.value)


def test_the_offset_is_the_layers_vega_over_the_condors() -> None:
    found = book_greeks(hedged())
    vega = {name: row.vega.value for name, row in rows(found).items()}
    assert read(found)["offset"].value.value == pytest.approx(-100 * vega["L1"] / vega["condors"])
    long = book_greeks(ground(condor=condor(f"+1 SPX {EXPIRY} P 4750 @ 20.91")))
    assert read(long)["offset"].value.unknown == "the condors are not short vega"


@pytest.mark.playbook("001-17")
def test_delta_a_condor_counts_the_hedge_along_the_map() -> None:
    found = book_greeks(hedged())
    by_name = rows(found)
    rise = 18 * 0.99**-4.5 - 18
    expected = (by_name["condors"].delta.value - by_name["L1"].vega.value * rise) / (50 * 100)
    assert read(found)["delta_condor"].value.value == pytest.approx(expected)
    ten = book_greeks(ground(condor=iron_condor(quantity=10)))
    one = book_greeks(ground())
    assert read(ten)["delta_condor"].value.value == pytest.approx(read(one)["delta_condor"].value.value)


def test_before_and_after_a_ticket_stand_side_by_side() -> None:
    after, before = book_greeks(hedged()), book_greeks(ground())
    found = read(after, before=before)
    assert found["vega"].before == read(before)["vega"].value
    assert found["vega"].value.value > found["vega"].before.value
    assert found["vega"].was_within is read(before)["vega"].is_within
    assert read(after)["vega"].before is None


def test_what_is_missing_leaves_the_bound_or_the_value_unknown() -> None:
    found = read(book_greeks(hedged()), account=None)
    assert found["delta"].is_within is None
    assert "no account was stated" in found["delta"].bound
    shares = read(book_greeks(ground(layer("+100 VXX @ 27.10"))))
    assert "VXX" in shares["vega"].value.unknown
    assert shares["vega"].is_within is None


def test_each_leg_names_where_its_volatility_and_forward_come_from() -> None:
    legs = leg_sources(book_greeks(hedged()))
    assert [leg.owner for leg in legs] == ["condor 1"] * 4 + ["L1 condor 1"]
    call = legs[-1]
    assert call.mark.value == pytest.approx(2.32)  # its own fill, of this very moment
    assert call.volatility_pct.value == pytest.approx(100 * implied(2.32, 19.6, 20.0, 62 / 365, 0.045))
    assert "fill of 2018-06-18" in call.volatility_source
    assert (call.forward.value, call.forward_source) == (19.6, f"VX future of {VIX_62}")
    assert "assumed" in legs[0].volatility_source
    assert legs[0].forward.value == pytest.approx(5000 * math.exp(0.045 * 30 / 365))


@pytest.mark.playbook("004-6")
@pytest.mark.playbook("000-9")
def test_time_value_is_what_is_above_intrinsic() -> None:
    deep = replace(layer(f"+2 VIX {VIX_62} C 12 @ 7.90", f"+1 VX {VIX_62} @ 19.60"), number=2)
    found = rows(book_greeks(ground(layer(f"+4 VIX {VIX_62} C 20 @ 2.32"), deep)))
    assert found["L1"].time_value.value == pytest.approx(4 * 232)  # out of the money: all of it
    discount = math.exp(-0.045 * 62 / 365)
    assert found["L2"].time_value.value == pytest.approx(200 * (7.90 - discount * 7.60))  # the future has none
    assert found["condors"].time_value.value == pytest.approx(found["condors"].value.value)  # all strikes are away
    assert found["condors"].time_value.value < 0  # still to be earned


def test_a_leg_that_settles_before_the_moment_counts_for_nothing_then() -> None:
    late = replace(hedged(), moment=NOW + timedelta(days=40))
    found = rows(book_greeks(late))
    assert found["condors"].delta.value == found["condors"].theta.value == 0.0
    assert found["L1"].vega.value > 0
    assert leg_sources(book_greeks(late))[0].mark.unknown == "it has settled by then"
