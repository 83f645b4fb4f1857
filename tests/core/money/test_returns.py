"""Is the return that of pyxirr on the flows written out by hand, and what does a layer add to it?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import pyxirr

from core.journal import acts
from core.market.figure import known, unknown
from core.money.facts import Values
from core.money.flows import capital_flows, capital_of, flows_of
from core.money.returns import return_rows, xirr_pct
from tests.core.journal.desk import Desk, d, legs
from tests.core.money.books import at, facts, worked
from tests.core.playbooks import changed

OPENED, CLOSED = date(2018, 1, 10), date(2018, 2, 7)


def _xirr(*flows: tuple[date, str]) -> float:
    found = pyxirr.xirr([day for day, _ in flows], [float(amount) for _, amount in flows])
    assert found is not None
    return 100.0 * found


def test_the_flows_are_exact_to_the_cent() -> None:
    assert [(flow.day, flow.layer, flow.amount) for flow in flows_of(worked().entries)] == [
        (OPENED, None, Decimal("5148.00")),
        (OPENED, 1, Decimal("-486.40")),
        (CLOSED, 1, Decimal("1193.60")),
        (CLOSED, None, Decimal("-2152.00")),
    ]


def test_a_condor_ties_up_its_wider_wing_and_sets_it_free() -> None:
    found, reason = capital_flows(worked().entries)
    assert [(flow.day, flow.amount) for flow in found] == [(OPENED, Decimal(-25000)), (CLOSED, Decimal(25000))]
    assert not reason


@pytest.mark.playbook("000-18", "003-8")
def test_condors_hedge_and_both_against_pyxirr_on_flows_by_hand() -> None:
    rows = {row.name: row for row in return_rows(facts(worked(), "2018-02-08"))}
    condors = _xirr((OPENED, "-19852.00"), (CLOSED, "22848.00"))  # 5,148 - 25,000 and 25,000 - 2,152
    hedge = _xirr((OPENED, "-486.40"), (CLOSED, "1193.60"))
    both = _xirr((OPENED, "-20338.40"), (CLOSED, "24041.60"))
    assert rows["condors"].now.value == pytest.approx(condors, rel=1e-9)
    assert rows["condors"].now.value == pytest.approx(100 * ((22848 / 19852) ** (365 / 28) - 1), rel=1e-9)
    assert rows["hedge"].now.value == pytest.approx(hedge, rel=1e-9)
    assert rows["condors + L1"].now.value == pytest.approx(both, rel=1e-9)
    assert rows["condors + L1"].change_now.value == pytest.approx(both - condors, rel=1e-9)
    assert rows["condors"].net == Decimal("2996.00")
    assert rows["condors + L1"].net == Decimal("3703.20")


@pytest.mark.playbook("001-29")
def test_the_leverage_layer_counts_the_hedge_by_its_share_more_and_is_off_by_default() -> None:
    desk = worked()
    assert not [row for row in return_rows(facts(desk, "2018-02-08")) if "leverage" in row.name]
    with_it = return_rows(facts(desk, "2018-02-08", playbook=changed(pll__cap=25.0)))[-1]
    # the calls cost 486.40 and brought 1,193.60; a quarter more of both beside the condors
    both = _xirr((OPENED, "-20338.40"), (CLOSED, "24041.60"))
    more = _xirr((OPENED, "-20460.00"), (CLOSED, "24340.00"))
    assert with_it.name == "with the leverage layer (25%)"
    assert with_it.now.value == pytest.approx(more, rel=1e-9)
    assert with_it.change_now.value == pytest.approx(more - both, rel=1e-9)
    assert with_it.net == Decimal("2996.00") + Decimal("707.20") * Decimal("1.25")


@pytest.mark.playbook("004-17")
def test_what_is_open_is_closed_at_its_value_now_or_held_to_the_end() -> None:
    desk = Desk()
    desk.do(acts.open_condor, at=at("2018-01-10"), fees=d("52"))
    today, end = date(2018, 1, 31), date(2018, 2, 16)
    owner = (None, 1)
    given = facts(
        desk,
        "2018-01-31",
        now_values=Values(today, {owner: known(-3000.0, "$")}),
        hold_values=Values(end, {owner: known(0.0, "$")}),
    )
    (row, _) = return_rows(given)
    assert row.now.value == pytest.approx(_xirr((OPENED, "-19852.00"), (today, "22000.00")), rel=1e-9)
    assert row.hold.value == pytest.approx(_xirr((OPENED, "-19852.00"), (end, "25000.00")), rel=1e-9)


def test_a_future_comes_in_at_its_value_less_what_it_was_opened_at() -> None:
    desk = Desk()
    desk.do(acts.open_layer, at=at("2018-01-10"), fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"))
    desk.do(acts.open_layer, at=at("2018-01-10"), number=1, fills=legs("+1 VX 2018-03-21 @ 15.10"))
    end = date(2018, 2, 7)
    # the calls are worth 800, the future 17.10 x 1,000: it brings 2,000
    given = facts(desk, "2018-02-07", now_values=Values(end, {(1, None): known(800.0 + 17100.0, "$")}))
    row = return_rows(given)[1]
    assert row.name == "hedge"
    assert row.now.value == pytest.approx(_xirr((OPENED, "-480.00"), (end, "2800.00")), rel=1e-9)


def test_an_unknown_value_makes_the_return_unknown_with_its_reason() -> None:
    desk = Desk()
    desk.do(acts.open_condor, at=at("2018-01-10"))
    values = Values(date(2018, 1, 31), {(None, 1): unknown("no SPX value")})
    assert return_rows(facts(desk, "2018-01-31", now_values=values))[0].now.unknown == "no SPX value"
    assert return_rows(facts(desk, "2018-01-31"))[0].now.unknown == "not valued by the test"


@pytest.mark.parametrize(
    ("flows", "reason"),
    [
        ([], "no cash has moved"),
        ([(OPENED, Decimal(-480))], "money was only paid so far: no return can be told yet"),
        ([(OPENED, Decimal(480))], "money was only received so far: no return can be told yet"),
        ([(OPENED, Decimal(-480)), (date(2018, 1, 12), Decimal(500))], "2 days are too few for a yearly rate"),
        ([(OPENED, Decimal(-480)), (OPENED, Decimal(480))], "no cash has moved"),
    ],
)
def test_what_has_no_rate_says_why(flows: list[tuple[date, Decimal]], reason: str) -> None:
    assert xirr_pct(flows).unknown == reason


def test_a_rate_beyond_all_measure_says_that_it_tells_little() -> None:
    found = xirr_pct([(OPENED, Decimal(-480)), (date(2018, 1, 20), Decimal(4800))])
    assert found.note == "little money for a short time: a yearly rate of it tells little"
    assert not xirr_pct([(OPENED, Decimal(-480)), (date(2018, 1, 20), Decimal(500))]).note


def test_a_condor_that_stood_on_three_legs_has_no_capital() -> None:
    desk = Desk()
    fills = legs("-1 SPX 2018-02-16 P 2600 @ 9", "+1 SPX 2018-02-16 P 2575 @ 7", "-1 SPX 2018-02-16 C 2850 @ 6")
    desk.do(acts.open_condor_legs, at=at("2018-01-10"), fills=fills)
    assert capital_of(desk.book.condors[1]) is None
    assert return_rows(facts(desk, "2018-02-01"))[0].now.unknown == "condor 1 stood incomplete on 2018-01-10"


def test_layers_are_added_from_the_inside() -> None:
    desk = worked()
    desk.do(acts.open_layer, number=3, at=at("2018-02-08"), fills=legs("+1 VIX 2018-03-21 C 40 @ 0.40"))
    names = [row.name for row in return_rows(facts(desk, "2018-02-12"))]
    assert names == ["condors", "hedge", "condors + L1", "condors + L1 + L3"]
