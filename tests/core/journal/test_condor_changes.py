"""What do closing, rolling and settling a condor book, by hand calculation, and what is refused?"""

from datetime import date, timedelta

import pytest

from core.journal import acts
from core.journal.acts import ActRefusedError
from core.journal.body import read_position
from core.market.times import new_york, parse_moment
from tests.core.journal.desk import MONTHLY, MORNING, Desk, d, legs

LATER = MORNING + timedelta(days=5)
SETTLED = parse_moment("2018-02-16 09:30")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.do(acts.open_condor)
    return desk


def refused(desk: Desk, field: str, act: object, **given: object) -> None:
    with pytest.raises(ActRefusedError, match=f"^{field}: "):
        desk.draft(act, **given)


def test_a_part_then_the_rest_is_closed(desk: Desk) -> None:
    desk.do(acts.close_condor, quantity=4, fees=d("5"), at=LATER)
    condor = desk.book.condors[1]
    assert (condor.quantity, condor.is_complete, condor.cash) == (6, True, 5200 - 840)  # 2.10 x 4 x 100
    desk.do(acts.close_condor, debit=d("-0.05"), at=LATER)  # taken off and paid for it
    condor = desk.book.condors[1]
    assert not condor.is_open
    assert condor.cash == 5200 - 840 + 30
    assert condor.fees == 5
    assert condor.opened_at == MORNING
    refused(desk, "condor_id", acts.close_condor, at=LATER)


def test_legs_are_closed_one_by_one(desk: Desk) -> None:
    desk.do(acts.close_condor_legs, fills=legs("+10 SPX 2018-02-16 P 2625 @ 1.5", "-10 SPX 2018-02-16 P 2600 @ 1"))
    condor = desk.book.condors[1]
    assert [leg.contract.right for leg in condor.legs] == ["C", "C"]
    assert condor.cash == 5200 - 500
    refused(desk, "condor_id", acts.close_condor)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("condor_id", {"condor_id": 2}),
        ("quantity", {"quantity": 11}),
        ("quantity", {"quantity": 0}),
        ("debit", {"debit": d("NaN")}),
        ("debit", {"debit": d("1.123456789")}),
        ("fees", {"fees": d("-1")}),
        ("at", {"at": MORNING - timedelta(minutes=1)}),
        ("expiry", {"at": parse_moment("2018-02-16 10:00")}),
    ],
)
def test_a_close_that_cannot_be_is_refused(desk: Desk, field: str, given: dict) -> None:
    refused(desk, field, acts.close_condor, **given)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("leg", "-1 SPX 2018-02-16 P 2590 @ 1"),
        ("leg", "-1 SPX 2018-03-16 P 2600 @ 1"),
        ("quantity", "-11 SPX 2018-02-16 P 2600 @ 1"),
        ("quantity", "+1 SPX 2018-02-16 P 2600 @ 1"),
        ("price", "-1 SPX 2018-02-16 P 2600 @ -1"),
    ],
)
def test_a_leg_is_closed_only_as_far_as_it_is_held(desk: Desk, field: str, text: str) -> None:
    refused(desk, field, acts.close_condor_legs, fills=legs(text))


def test_two_fills_of_one_leg_count_together(desk: Desk) -> None:
    text = "-6 SPX 2018-02-16 P 2600 @ 1"
    refused(desk, "quantity", acts.close_condor_legs, fills=legs(text, text))


def test_a_roll_closes_and_opens_under_the_same_number(desk: Desk) -> None:
    entry = desk.do(acts.roll_condor, fees=d("25"), at=LATER)
    condor = desk.book.condors[1]
    assert list(desk.book.condors) == [1]
    assert (condor.expiry, condor.quantity, condor.root) == (date(2018, 3, 16), 10, "SPX")
    assert condor.cash == 5200 - 7500 + 6100
    assert condor.opened_at == MORNING
    assert [move.act for move in read_position(entry.body).moves] == ["close"] * 4 + ["open"] * 4
    assert {leg.contract.expiry for leg in condor.legs} == {date(2018, 3, 16)}


def test_a_roll_of_one_wing_keeps_the_other(desk: Desk) -> None:
    desk.do(acts.roll_condor, expiry=MONTHLY, puts=(d("2600"), d("2625")), calls=(d("2800"), d("2825")))
    strikes = [(leg.contract.right, leg.contract.strike, leg.quantity) for leg in desk.book.condors[1].legs]
    assert sorted(strikes) == [("C", 2800, -10), ("C", 2825, 10), ("P", 2600, 10), ("P", 2625, -10)]


def test_a_monthly_is_rolled_to_a_weekly_by_its_root(desk: Desk) -> None:
    weekly = date(2018, 2, 21)
    draft = desk.draft(acts.roll_condor, expiry=weekly)
    assert "a weekly is SPXW" in read_position(draft.body).flags[0]
    desk.do(acts.roll_condor, expiry=weekly, root="SPXW")
    assert (desk.book.condors[1].root, desk.book.condors[1].flags) == ("SPXW", ())


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("quantity", {"quantity": 5}),
        ("calls", {"calls": (d("2500"), d("2825"))}),
        ("credit", {"credit": d("25")}),
        ("expiry", {"expiry": date(2018, 1, 9)}),
        ("root", {"root": "VIX"}),
        ("condor_id", {"condor_id": 9}),
    ],
)
def test_a_roll_that_cannot_be_is_refused(desk: Desk, field: str, given: dict) -> None:
    refused(desk, field, acts.roll_condor, **given)


@pytest.mark.parametrize(
    ("value", "cash"),
    [
        ("2700", 0),  # between the shorts: all expire
        ("2615.5", -9500),  # short put 9.50 in the money x 1000 dollars
        ("2500", -25_000),  # the whole put wing
        ("2836.25", -11_250),
        ("3000", -25_000),
        ("2625", 0),
    ],
)
def test_settlement_books_the_intrinsic_value(desk: Desk, value: str, cash: int) -> None:
    desk.do(acts.settle_condor, value=d(value), at=SETTLED)
    condor = desk.book.condors[1]
    assert not condor.is_open
    assert condor.cash == 5200 + cash


def test_settlement_is_exact_to_the_last_decimal(desk: Desk) -> None:
    desk.do(acts.settle_condor, value=d("2624.99999999"), value_name="SET, imported", at=SETTLED)
    assert desk.book.condors[1].cash == 5200 - d("0.00001")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("value_name", {"value_name": "close"}),
        ("value_name", {"value_name": "VRO"}),
        ("value", {"value": d("NaN")}),
        ("value", {"value": d("0")}),
        ("value", {"value": d("-1")}),
        ("value", {"value": d("2700.123456789")}),
        ("at", {"at": SETTLED - timedelta(seconds=1)}),
        ("condor_id", {"condor_id": 2}),
    ],
)
def test_a_settlement_that_cannot_be_is_refused(desk: Desk, field: str, given: dict) -> None:
    refused(desk, field, acts.settle_condor, **{"at": SETTLED} | given)


def test_xsp_settles_to_a_tenth_of_spx_in_the_afternoon() -> None:
    desk = Desk()
    terms = {"puts": (d("260"), d("262")), "calls": (d("282"), d("284")), "credit": d("0.5")}
    desk.do(acts.open_condor, root="XSP", **terms)
    close = new_york(MONTHLY)
    refused(desk, "at", acts.settle_condor, value=d("261"), value_name="close", at=SETTLED)
    refused(desk, "value", acts.settle_condor, value=d("2732.22"), value_name="close", at=close)
    desk.do(acts.settle_condor, value=d("261"), value_name="close", at=close)
    assert desk.book.condors[1].cash == 500 - 1000
