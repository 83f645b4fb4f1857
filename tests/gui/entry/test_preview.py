"""Does the preview say what the act would do, worked out by hand here?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.acts import close_condor, open_condor, open_layer, settle_layer, write_note
from core.positions.leg import parse_fill
from gui.entry.preview import preview
from tests.gui.states import BOOK, NOW, sessions_of_2018

if TYPE_CHECKING:
    from core.journal.entry import Draft

CALENDAR = sessions_of_2018()


def opened(calls: tuple[int, int] = (2875, 2925)) -> Draft:
    return open_condor(
        BOOK,
        CALENDAR,
        root="SPX",
        expiry=date(2018, 3, 16),
        quantity=2,
        puts=(Decimal(2550), Decimal(2600)),
        calls=(Decimal(calls[0]), Decimal(calls[1])),
        credit=Decimal("13.42"),
        fees=Decimal("10.40"),
        at=NOW,
    )


def test_a_condor_shows_loss_break_evens_width_and_share() -> None:
    # (50 - 13.42) x 100 x 2 + 10.40 = 7326.40; fees move the break-evens by 10.40/200 = 0.052 points;
    # 2600 - 13.42 + 0.05 = 2586.6; 2875 + 13.42 - 0.05 = 2888.4; 13.42 / 50 = 26.8 %
    found = preview(BOOK, opened())
    assert found.lines == (
        "Brings in $2,684.00, fees $10.40",
        "Max loss -$7,326, break-evens 2,586.6 / 2,888.4 (bare, at expiry)",
        "Width 50 points, credit 13.42 points = 26.8 % of the width",
    )
    assert found.flags == ()


def test_an_unwise_condor_shows_its_flag() -> None:
    found = preview(BOOK, opened((2875, 2935)))
    assert "Width 50 and 60 points, credit 13.42 points = 22.4 % of the width" in found.lines
    assert found.flags == ("unequal wings: puts 50, calls 60 points",)


def test_a_close_shows_the_result() -> None:
    # 2684 - 4.10 x 200 - (10.40 + 5.20) = 1848.40
    draft = close_condor(BOOK, CALENDAR, condor_id=1, debit=Decimal("4.10"), fees=Decimal("5.20"), at=NOW)
    assert preview(BOOK, draft).lines == (
        "Costs $820.00, fees $5.20",
        "Nothing stays open: the result is +$1,848.40 after fees",
    )


def test_a_layer_shows_its_cost_and_what_it_then_holds() -> None:
    fills = (parse_fill("+2 VIX 2018-03-21 C 25 @ 1.20"),)
    draft = open_layer(BOOK, CALENDAR, number=1, condor_id=1, fills=fills, fees=Decimal("1.30"), at=NOW)
    assert preview(BOOK, draft).lines == (
        "Costs $240.00, fees $1.30",
        "Holds afterwards: +4 VIX 2018-03-21 C 19; +2 VIX 2018-03-21 C 25",
    )


def test_a_short_call_alone_is_flagged() -> None:
    fills = (parse_fill("-4 VIX 2018-03-21 C 25 @ 1.20"),)
    draft = open_layer(BOOK, CALENDAR, number=3, fills=fills, fees=Decimal(0), at=NOW)
    assert any("net short VIX" in flag for flag in preview(BOOK, draft).flags)


def test_a_settlement_shows_the_result() -> None:
    # 4 calls 19 settle at 20.50: 1.50 x 100 x 4 = 600; 600 - 760 - 2.60 = -162.60
    draft = settle_layer(
        BOOK,
        CALENDAR,
        number=1,
        condor_id=1,
        expiry=date(2018, 3, 21),
        value=Decimal("20.50"),
        value_name="VRO",
        at=datetime(2018, 3, 21, 14, 0, tzinfo=UTC),
    )
    assert preview(BOOK, draft).lines == (
        "Brings in $600.00, fees $0.00",
        "Nothing stays open: the result is -$162.60 after fees",
    )


def test_a_note_has_nothing_to_preview() -> None:
    assert preview(BOOK, write_note(BOOK, text="x", at=NOW)).lines == ()
