"""Does each column show what the row says, and copy it natively?"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from core.journal.log import LogRow
from gui.log.columns import COLUMNS, copied
from tests.gui.log_rows import BEGUN, LAYER, NOTE, log_row


def shown(row: LogRow) -> dict[str, str]:
    return {column.title: column.shown(row) for column in COLUMNS}


def test_every_field_of_a_row_has_its_column_in_the_same_order() -> None:
    assert [column.name for column in COLUMNS] == [field.name for field in fields(LogRow)]


def test_a_hedge_reads_like_a_ticket() -> None:
    assert shown(LAYER) == {
        "No.": "2",
        "Recorded": "2018-01-12 10:32 ET",
        "Happened": "2018-01-12 10:30 ET",
        "Kind": "layer opened",
        "Layer": "1",
        "Condor": "1",
        "What": "open +4 VIX 2018-03-21 C 19 @ 1.9",
        "Qty": "4",
        "Price": "1.90",
        "Cash": "-$760.00",
        "Fees": "$10.40",
        "SPX": "2,786.24",
        "VIX": "10.16",
        "EDR": "0.421 %",
        "Rung": "0",
        "Playbook": "abababab",
        "Note": "as the rule asks",
        "Entry": "02020202",
    }


def test_a_note_leaves_numbers_empty_and_stays_on_one_line() -> None:
    found = shown(NOTE)
    assert found["Note"] == "=HYPERLINK(1) <b>x</b>"
    assert {found[title] for title in ("Qty", "Price", "Cash", "Fees", "SPX", "EDR", "Rung")} == {""}


def test_a_price_is_not_rounded_to_the_cent() -> None:
    assert shown(log_row(1, price=Decimal("13.425")))["Price"] == "13.425"
    assert shown(log_row(1, price=Decimal("13.4")))["Price"] == "13.40"


def test_what_is_copied_is_native_and_never_a_formula() -> None:
    assert copied(Decimal("-760.00")) == "-760.00"
    assert copied(0.1) == "0.1"
    assert copied(None) == ""
    assert copied(BEGUN) == "2018-01-12T15:30:00Z"
    assert copied("=HYPERLINK(1)") == "'=HYPERLINK(1)"
