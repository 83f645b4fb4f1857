"""Which condors are taken, with what cash and flags, and which are refused with their field named first?"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from core.journal import acts
from core.journal.acts import ActRefusedError
from core.journal.body import read_position
from core.market.times import new_york, parse_moment
from core.positions.leg import Fill, cash_of
from tests.core.journal.desk import MONTHLY, MORNING, WEEKLY, Desk, d, legs

PUTS = ("+10 SPX 2018-02-16 P 2600 @ 3.10", "-10 SPX 2018-02-16 P 2625 @ 4.30")
CALLS = ("-10 SPX 2018-02-16 C 2825 @ 5.60", "+10 SPX 2018-02-16 C 2850 @ 1.60")


def refused(field: str, reason: str = "", /, act: object = acts.open_condor, **given: object) -> None:
    desk = Desk()
    with pytest.raises(ActRefusedError, match=rf"^{field}: .*{reason}") as caught:
        desk.draft(act, **given)
    assert caught.value.field == field


def test_a_package_books_its_credit_and_gives_its_legs_no_price() -> None:
    desk = Desk()
    entry = desk.do(acts.open_condor, fees=d("12.40"), note="first")
    act = read_position(entry.body)
    assert act.cash == 5200  # 5.20 points x 10 condors x 100 dollars
    assert [(m.act, m.fill.quantity, m.fill.contract.text, m.fill.price) for m in act.moves] == [
        ("open", 10, "SPX 2018-02-16 P 2600", None),
        ("open", -10, "SPX 2018-02-16 P 2625", None),
        ("open", -10, "SPX 2018-02-16 C 2825", None),
        ("open", 10, "SPX 2018-02-16 C 2850", None),
    ]
    condor = desk.book.condors[1]
    assert (condor.id, condor.root, condor.expiry, condor.quantity) == (1, "SPX", MONTHLY, 10)
    assert (condor.cash, condor.fees, condor.net_cash) == (5200, d("12.40"), d("5187.60"))
    assert condor.is_complete
    assert condor.opened_at == MORNING
    assert condor.flags == ()
    assert condor.wings == (25, 25)
    assert entry.note == "first"


def test_the_next_condor_has_the_next_number_also_after_a_close() -> None:
    desk = Desk()
    desk.do(acts.open_condor)
    desk.do(acts.close_condor)
    desk.do(acts.open_condor)
    assert sorted(desk.book.condors) == [1, 2]


def test_four_priced_legs_are_the_same_condor() -> None:
    desk = Desk()
    act = read_position(desk.do(acts.open_condor_legs, fills=legs(*PUTS, *CALLS)).body)
    assert act.cash == (430 - 310 + 560 - 160) * 10 == 5200
    assert desk.book.condors[1].is_complete
    assert desk.book.condors[1].legs[0].price == d("3.10")


def test_a_condor_is_built_leg_by_leg() -> None:
    desk = Desk()
    desk.do(acts.open_condor_legs, fills=legs(*PUTS))
    assert not desk.book.condors[1].is_complete
    for text in CALLS:
        desk.do(acts.open_condor_legs, fills=legs(text), condor_id=1)
    condor = desk.book.condors[1]
    assert condor.is_complete
    assert condor.cash == 5200
    assert condor.opened_at == MORNING
    assert len(desk.entries) == 3


def test_a_short_leg_alone_is_flagged_until_it_is_covered() -> None:
    desk = Desk()
    desk.do(acts.open_condor_legs, fills=legs(CALLS[0]))
    assert desk.book.condors[1].flags == ("10 short calls not covered by long ones",)
    desk.do(acts.open_condor_legs, fills=legs(CALLS[1]), condor_id=1)
    assert desk.book.condors[1].flags == ()


@pytest.mark.parametrize(
    ("puts", "calls", "field"),
    [
        (("2625", "2600"), ("2825", "2850"), "puts"),
        (("2600", "2600"), ("2825", "2850"), "puts"),
        (("2600", "2625"), ("2850", "2825"), "calls"),
        (("2600", "2625"), ("2825", "2825"), "calls"),
        (("2600", "2625"), ("2625", "2850"), "calls"),
        (("2600", "2900"), ("2825", "2850"), "calls"),
        (("0", "2625"), ("2825", "2850"), "puts"),
        (("-5", "2625"), ("2825", "2850"), "puts"),
        (("NaN", "2625"), ("2825", "2850"), "puts"),
        (("2600", "2625"), ("2825", "Infinity"), "calls"),
        (("2600", "1e1000000"), ("2825", "2850"), "puts"),
        (("2600.000000001", "2625"), ("2825", "2850"), "strike"),
    ],
)
def test_strikes_ascend(puts: tuple[str, str], calls: tuple[str, str], field: str) -> None:
    refused(field, puts=tuple(map(d, puts)), calls=tuple(map(d, calls)))


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("quantity", {"quantity": 0}),
        ("quantity", {"quantity": -1}),
        ("quantity", {"quantity": 1_000_001}),
        ("quantity", {"quantity": 1_000_000, "credit": d("1000"), "puts": (d("1"), d("2600"))}),
        ("credit", {"credit": d("25")}),
        ("credit", {"credit": d("NaN")}),
        ("credit", {"credit": d("-Infinity")}),
        ("credit", {"credit": d("5.200000001")}),
        ("fees", {"fees": d("-0.01")}),
        ("fees", {"fees": d("NaN")}),
        ("root", {"root": "VIX"}),
        ("root", {"root": "NDX"}),
        ("expiry", {"expiry": date(2018, 2, 17)}),  # a Saturday
        ("expiry", {"expiry": date(2018, 2, 19)}),  # Presidents' Day
        ("expiry", {"expiry": date(2199, 1, 1)}),
        ("expiry", {"expiry": date(2017, 12, 15)}),
        ("at", {"at": datetime(2018, 1, 10, 15, 0)}),  # noqa: DTZ001 - the zone is what is missing
        ("at", {"at": MORNING.replace(year=9999)}),
        ("note", {"note": "x" * 20_001}),
        ("note", {"note": "half \ud800"}),
        ("note", {"note": "nul \0"}),
    ],
)
def test_what_is_impossible_is_refused_with_its_field(field: str, given: dict) -> None:
    refused(field, **given)


def test_the_widest_wing_bounds_the_credit() -> None:
    wide = {"puts": (d("2575"), d("2625")), "credit": d("49.99")}
    assert read_position(Desk().draft(acts.open_condor, **wide).body).credit == d("49.99")
    refused("credit", "50 must be below the widest wing, 50 points", **wide | {"credit": d("50")})


def test_am_options_trade_until_the_morning_pm_options_until_the_close() -> None:
    am, pm = {"root": "SPX"}, {"root": "SPXW"}
    desk = Desk()
    assert desk.draft(acts.open_condor, at=parse_moment("2018-02-16 09:30"), **am)
    refused("expiry", "before the fill of 2018-02-16 09:31", at=parse_moment("2018-02-16 09:31"), **am)
    assert desk.draft(acts.open_condor, at=parse_moment("2018-02-16 16:15"), **pm)
    refused("expiry", "before the fill", at=parse_moment("2018-02-16 16:16"), **pm)


@pytest.mark.parametrize(
    ("root", "expiry", "flagged"),
    [
        ("SPX", MONTHLY, False),
        ("SPX", date(2019, 4, 18), False),  # the third Friday was Good Friday
        ("SPX", WEEKLY, True),
        ("SPXW", WEEKLY, False),
        ("SPXW", MONTHLY, False),
        ("XSP", MONTHLY, False),
    ],
)
def test_a_weekly_of_root_spx_is_flagged(root: str, expiry: date, flagged: bool) -> None:
    desk = Desk()
    desk.do(acts.open_condor, root=root, expiry=expiry)
    assert any("third Friday; a weekly is SPXW" in flag for flag in desk.book.condors[1].flags) is flagged


def test_a_debit_condor_and_unequal_wings_are_recorded_with_a_flag() -> None:
    desk = Desk()
    desk.do(acts.open_condor, credit=d("0"), puts=(d("2590"), d("2625")))
    assert desk.book.condors[1].cash == 0
    assert desk.book.condors[1].flags == (
        "debit condor: opened for a credit of 0",
        "unequal wings: puts 35, calls 25 points",
    )
    desk.do(acts.open_condor, credit=d("-0.5"))
    assert desk.book.condors[2].cash == -500
    assert "debit" in desk.book.condors[2].flags[0]


def test_xsp_has_the_same_multiplier_on_a_tenth_of_the_strike() -> None:
    desk = Desk()
    desk.do(
        acts.open_condor, root="XSP", puts=(d("260"), d("262")), calls=(d("282"), d("284.5")), credit=d("0.52")
    )
    assert desk.book.condors[1].cash == 520


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        ("leg", ()),
        ("root", ("+1 VIX 2018-02-14 C 25 @ 1",)),
        ("root", ("+1 SPX 2018-02-16 P 2600 @ 3", "-1 SPXW 2018-02-16 P 2625 @ 4")),
        ("root", ("+1 VX 2018-02-14 @ 15",)),
        ("expiry", ("+1 SPX 2018-02-16 P 2600 @ 3", "-1 SPX 2018-03-16 P 2625 @ 4")),
        ("strike", ("-1 SPX 2018-02-16 P 2600 @ 3", "+1 SPX 2018-02-16 P 2625 @ 4")),
        ("strike", ("+1 SPX 2018-02-16 P 2600 @ 3", "+1 SPX 2018-02-16 P 2625 @ 4")),
        ("strike", ("-1 SPX 2018-02-16 P 2700 @ 3", "-1 SPX 2018-02-16 C 2700 @ 4")),
        ("quantity", ("+1 SPX 2018-02-16 P 2600 @ 3", "-2 SPX 2018-02-16 P 2600 @ 3")),
        ("price", ("+1 SPX 2018-02-16 P 2600 @ -3",)),
        ("expiry", ("+1 SPX 2018-01-05 P 2600 @ 3",)),
        ("credit", (*PUTS, "-10 SPX 2018-02-16 C 2825 @ 29", "+10 SPX 2018-02-16 C 2850 @ 1.60")),
    ],
)
def test_legs_that_no_condor_has_are_refused(field: str, texts: tuple[str, ...]) -> None:
    refused(field, act=acts.open_condor_legs, fills=legs(*texts))


def test_a_leg_without_a_price_or_quantity_is_refused() -> None:
    (leg,) = legs(PUTS[0])
    refused("price", "needs one", act=acts.open_condor_legs, fills=[replace(leg, price=None)])
    refused("price", act=acts.open_condor_legs, fills=[replace(leg, price=d("NaN"))])
    refused("quantity", act=acts.open_condor_legs, fills=[replace(leg, quantity=0)])
    nan = replace(leg.contract, strike=Decimal("NaN"))
    refused("strike", act=acts.open_condor_legs, fills=[Fill(nan, 1, d("3"))])


def test_legs_join_only_an_open_condor_of_their_kind_and_no_earlier() -> None:
    desk = Desk()
    desk.do(acts.open_condor_legs, fills=legs(*PUTS))
    for field, given in (
        ("condor_id", {"condor_id": 2}),
        ("expiry", {"fills": legs("-10 SPX 2018-03-16 C 2825 @ 5")}),
        ("quantity", {"fills": legs("-1 SPX 2018-02-16 P 2600 @ 3")}),
        ("strike", {"fills": legs("-1 SPX 2018-02-16 P 2610 @ 3")}),
        ("at", {"at": MORNING - timedelta(seconds=1)}),
    ):
        with pytest.raises(ActRefusedError, match=f"^{field}: "):
            desk.draft(acts.open_condor_legs, **{"fills": legs(CALLS[0]), "condor_id": 1} | given)
    closing = [Fill(f.contract, -f.quantity, f.price) for f in legs(*PUTS)]
    desk.do(acts.close_condor_legs, fills=closing)
    assert desk.book.condors[1].cash == 0
    assert cash_of(closing) == -1200
    with pytest.raises(ActRefusedError, match=r"^condor_id: condor 1 is closed"):
        desk.draft(acts.open_condor_legs, fills=legs(CALLS[0]), condor_id=1)


def test_a_moment_of_new_york_becomes_utc() -> None:
    draft = Desk().draft(acts.open_condor, at=parse_moment("2018-01-10 10:00"))
    assert draft.event_time == MORNING
    assert draft.event_time.utcoffset() == timedelta(0)
    assert new_york(date(2018, 1, 10)).hour == 21
