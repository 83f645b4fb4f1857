"""What do the acts on a hedge layer book, by hand calculation, what is flagged and what is refused?"""

from datetime import date, timedelta

import pytest

from core.journal import acts
from core.journal.acts import ActRefusedError
from core.market.times import new_york, parse_moment
from core.positions.book import DEFAULT_LAYER_NAMES
from tests.core.journal.desk import MONTHLY, MORNING, VIX_APRIL, VIX_MARCH, Desk, d, legs

CALL_25, CALL_35 = "+4 VIX 2018-03-21 C 25 @ 1.20", "-4 VIX 2018-03-21 C 35 @ 0.45"
VRO_MARCH = parse_moment("2018-03-21 09:30")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def refused(desk: Desk, field: str, act: object, **given: object) -> None:
    with pytest.raises(ActRefusedError, match=f"^{field}: "):
        desk.draft(act, **given)


def flags_of(*texts: str) -> tuple[str, ...]:
    desk = Desk()
    desk.do(acts.open_layer, fills=legs(*texts))
    return desk.book.layers[1, None].flags


def test_a_call_spread_books_its_debit(desk: Desk) -> None:
    desk.do(acts.open_layer, fills=legs(CALL_25, CALL_35), fees=d("6.40"))
    layer = desk.book.layers[1, None]
    assert (layer.cash, layer.fees, layer.flags) == (-(480 - 180), d("6.40"), ())
    assert [leg.text for leg in layer.legs] == ["+4 VIX 2018-03-21 C 25", "-4 VIX 2018-03-21 C 35"]


@pytest.mark.parametrize(
    "texts",
    [
        ("+1 VX 2018-03-21 @ 15.10",),
        ("+10 VXM 2018-03-21 @ 15.10",),
        ("-2 VIX 2018-03-21 C 20 @ 1.9", "+2 VIX 2018-04-18 C 20 @ 2.2"),  # a calendar
        ("+5 SPX 2018-03-16 P 2500 @ 11", "-5 SPX 2018-03-16 P 2400 @ 6"),
        ("+5 SPXW 2018-03-14 P 2500 @ 11", "-5 SPXW 2018-03-14 P 2400 @ 6"),
        ("+5 XSP 2018-03-14 P 250 @ 1.1",),
        ("+100 VXX @ 27.1",),
        ("+10 VXX 2018-03-16 C 30 @ 2.5",),
        ("-100 SVXY @ 130",),
        ("+3 VIX 2018-03-21 P 12 @ 0.4",),
    ],
)
def test_every_hedge_of_the_playbook_is_taken_without_a_flag(texts: tuple[str, ...]) -> None:
    assert flags_of(*texts) == ()


@pytest.mark.playbook("000-21")
@pytest.mark.parametrize(
    ("texts", "flag"),
    [
        (("-4 VIX 2018-03-21 C 35 @ 0.45",), "net short VIX: 4 short VIX calls"),
        ((CALL_25, "-6 VIX 2018-03-21 C 35 @ 0.45"), "net short VIX: 2 short VIX calls"),
        (("+2 VIX 2018-03-21 C 20 @ 1.9", "-2 VIX 2018-04-18 C 20 @ 2.2"), "net short VIX: 2 short VIX calls"),
        (("-1 VX 2018-03-21 @ 15",), "net short VIX: futures lose 1000 dollars"),
        (("+9 VXM 2018-03-21 @ 15", "-1 VX 2018-03-21 @ 15"), "net short VIX: futures lose 100 dollars"),
        (("-100 VXX @ 27",), "net short VIX: -100 VXX shares"),
        (("+100 SVXY @ 130",), "net short VIX: +100 SVXY shares"),
        (("-1 VXX 2018-03-16 C 30 @ 2.5",), "net short VIX: 1 short VXX calls"),
        (("+1 VIX 2018-03-14 C 25 @ 1",), "VIX 2018-03-14 is not a monthly VIX expiry (weekly)"),
        (("+1 VX 2018-03-14 @ 15",), "VX 2018-03-14 is not a monthly VIX expiry (weekly)"),
        (("+1 SPX 2018-03-14 P 2500 @ 9",), "SPX 2018-03-14 is not the month's third Friday"),
    ],
)
def test_an_unwise_hedge_is_recorded_with_its_flag(texts: tuple[str, ...], flag: str) -> None:
    assert len(flags_of(*texts)) == 1
    assert flags_of(*texts)[0].startswith(flag)


def test_selling_the_long_leg_leaves_a_flag_behind(desk: Desk) -> None:
    desk.do(acts.open_layer, fills=legs(CALL_25, CALL_35))
    desk.do(acts.close_layer, fills=legs("-3 VIX 2018-03-21 C 25 @ 2"))
    assert desk.book.layers[1, None].flags[0].startswith("net short VIX: 3 short VIX calls")


@pytest.mark.playbook("002-2")
def test_two_layers_of_one_scope_that_share_an_expiry_are_flagged(desk: Desk) -> None:
    desk.do(acts.open_condor)
    desk.do(acts.open_layer, fills=legs(CALL_25))
    desk.do(acts.open_layer, number=2, fills=legs("+4 VIX 2018-04-18 C 25 @ 1.20"))
    desk.do(acts.open_layer, number=2, fills=legs(CALL_25), condor_id=1)
    assert desk.book.layers[2, None].flags == desk.book.layers[2, 1].flags == ()
    desk.do(acts.open_layer, number=3, fills=legs(CALL_25))
    assert desk.book.layers[3, None].flags == ("layers 3 and 1 share the expiry 2018-03-21",)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("number", {"number": 0}),
        ("number", {"number": 5}),
        ("condor_id", {"condor_id": 1}),
        ("leg", {"fills": []}),
        ("expiry", {"fills": legs("+1 VIX 2018-01-09 C 25 @ 1")}),
        ("expiry", {"fills": legs("+1 VIX 2018-03-18 C 25 @ 1")}),
        ("expiry", {"at": VRO_MARCH + timedelta(seconds=1)}),
        ("price", {"fills": legs("+1 VX 2018-03-21 @ 0")}),
        ("price", {"fills": legs("+1 VXX @ -1")}),
        ("fees", {"fees": d("NaN")}),
        ("quantity", {"fills": legs("+4 VIX 2018-03-21 C 25 @ 1", "-1 VIX 2018-03-21 C 25 @ 1")}),
        ("quantity", {"fills": legs("+1000000 VX 2018-03-21 @ 1000")}),
    ],
)
def test_an_impossible_hedge_is_refused(desk: Desk, field: str, given: dict) -> None:
    refused(desk, field, acts.open_layer, **{"fills": legs(CALL_25)} | given)


def test_a_layer_is_closed_and_opened_anew(desk: Desk) -> None:
    later = MORNING + timedelta(days=1)
    desk.do(acts.open_layer, fills=legs(CALL_25))
    refused(desk, "number", acts.close_layer, number=2, fills=legs("-4 VIX 2018-03-21 C 25 @ 1"))
    refused(desk, "quantity", acts.close_layer, fills=legs("-5 VIX 2018-03-21 C 25 @ 1"))
    refused(desk, "leg", acts.close_layer, fills=legs("-4 VIX 2018-03-21 C 26 @ 1"))
    refused(
        desk, "at", acts.close_layer, fills=legs("-4 VIX 2018-03-21 C 25 @ 1"), at=MORNING - timedelta(hours=1)
    )
    desk.do(acts.close_layer, fills=legs("-4 VIX 2018-03-21 C 25 @ 3.05"))
    assert not desk.book.layers[1, None].is_open
    assert desk.book.layers[1, None].cash == 4 * 100 * (d("3.05") - d("1.20"))
    desk.do(acts.open_layer, fills=legs(CALL_25), at=later)
    assert desk.book.layers[1, None].opened_at == later
    desk.do(acts.open_layer, fills=legs(CALL_25), at=later + timedelta(days=1))
    assert desk.book.layers[1, None].opened_at == later
    assert desk.book.layers[1, None].legs[0].quantity == 8


def test_a_roll_is_one_entry(desk: Desk) -> None:
    desk.do(acts.open_layer, fills=legs(CALL_25))
    closing, opening = legs("-4 VIX 2018-03-21 C 25 @ 2.5"), legs("+4 VIX 2018-04-18 C 25 @ 2.9")
    refused(desk, "leg", acts.roll_layer, close_fills=legs("-4 VIX 2018-03-21 C 26 @ 1"), open_fills=opening)
    refused(desk, "leg", acts.roll_layer, close_fills=closing, open_fills=[])
    desk.do(acts.roll_layer, close_fills=closing, open_fills=opening, fees=d("5"))
    layer = desk.book.layers[1, None]
    assert [leg.text for leg in layer.legs] == ["+4 VIX 2018-04-18 C 25"]
    assert layer.cash == -480 + 1000 - 1160
    assert layer.opened_at == MORNING
    assert len(desk.entries) == 2


@pytest.mark.parametrize(
    ("text", "vro", "cash"),
    [
        ("+4 VIX 2018-03-21 C 25 @ 1.20", "31.44", 4 * 644 - 480),
        ("+4 VIX 2018-03-21 C 25 @ 1.20", "16", -480),
        ("-2 VIX 2018-03-21 P 20 @ 3", "16.5", 600 - 700),
        ("+1 VX 2018-03-21 @ 15.10", "18.60", 3500),  # (18.60 - 15.10) x 1000
        ("-3 VXM 2018-03-21 @ 15.10", "18.60", -1050),
    ],
)
def test_the_vro_settles_options_at_intrinsic_and_futures_at_their_gain(text: str, vro: str, cash: int) -> None:
    desk = Desk()
    desk.do(acts.open_layer, fills=legs(text))
    desk.do(acts.settle_layer, value=d(vro), at=VRO_MARCH)
    assert not desk.book.layers[1, None].is_open
    assert desk.book.layers[1, None].cash == cash


def test_only_what_settles_to_that_value_on_that_day_is_settled(desk: Desk) -> None:
    desk.do(acts.open_layer, fills=legs(CALL_25, "+1 VIX 2018-04-18 C 25 @ 1", "+1 SPXW 2018-03-21 P 2500 @ 9"))
    refused(desk, "at", acts.settle_layer, value=d("20"), at=VRO_MARCH - timedelta(minutes=1))
    refused(desk, "expiry", acts.settle_layer, value=d("20"), expiry=date(2018, 3, 20), at=VRO_MARCH)
    refused(desk, "value_name", acts.settle_layer, value=d("20"), value_name="SET", at=new_york(VIX_MARCH))
    desk.do(acts.settle_layer, value=d("20"), at=VRO_MARCH)
    held = [leg.contract.text for leg in desk.book.layers[1, None].legs]
    assert held == ["VIX 2018-04-18 C 25", "SPXW 2018-03-21 P 2500"]
    desk.do(acts.settle_layer, value=d("2450"), value_name="close, imported", at=new_york(VIX_MARCH))
    assert desk.book.layers[1, None].cash == -480 - 100 - 900 + 5000


def test_shares_options_of_two_indices_are_settled_by_root(desk: Desk) -> None:
    desk.do(
        acts.open_layer, fills=legs("+1 VXX 2018-02-16 C 30 @ 2", "+1 UVXY 2018-02-16 C 10 @ 1", "+9 VXX @ 27")
    )
    day = {"expiry": MONTHLY, "value_name": "close", "at": new_york(MONTHLY)}
    refused(desk, "root", acts.settle_layer, value=d("40"), **day)
    desk.do(acts.settle_layer, value=d("40"), root="VXX", **day)
    desk.do(acts.settle_layer, value=d("15"), root="UVXY", **day)
    assert [leg.text for leg in desk.book.layers[1, None].legs] == ["+9 VXX"]
    assert desk.book.layers[1, None].cash == -200 - 100 - 243 + 1000 + 500


def test_a_layer_gets_a_name(desk: Desk) -> None:
    desk.do(acts.name_layer, number=2, name="  weite Calls ")
    assert desk.book.layer_names == DEFAULT_LAYER_NAMES | {2: "weite Calls"}
    for field, given in (("number", {"number": 5}), ("name", {"name": " "}), ("name", {"name": "a\nb"})):
        refused(desk, field, acts.name_layer, **given)
    refused(desk, "name", acts.name_layer, name="x" * 41)


def test_the_expiries_of_this_file_are_the_published_ones() -> None:
    assert (date(2018, 3, 21), date(2018, 4, 18)) == (VIX_MARCH, VIX_APRIL)
