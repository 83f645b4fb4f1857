"""Does each dialog build the draft that its act would, and refuse beside the right row?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from core.journal.acts import close_layer, open_condor, open_layer, roll_condor, roll_layer, settle_layer
from core.journal.body import read_position
from core.journal.entry import EntryKind
from core.positions.book import Account, Book
from core.positions.leg import parse_fill
from gui.entry.account import AccountDialog, last_text
from gui.entry.closing import LEG_BY_LEG as CLOSED_BY_LEG
from gui.entry.closing import CloseDialog
from gui.entry.condor import LEG_BY_LEG, CondorDialog
from gui.entry.layer import LayerDialog
from gui.entry.leg_table import PRICE
from gui.entry.naming import NameDialog
from gui.entry.note import NoteDialog
from gui.entry.rolling import CondorRollDialog, LayerRollDialog, roll_dialog
from gui.entry.settling import NOT_IMPORTED, SettleDialog, due_of
from gui.holding import HoldingKey
from tests.gui.states import BOOK, CONDOR_1, LAYER_1, MARCH, NOW, OPENED, fill, layer, sessions_of_2018

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLineEdit, QWidget
    from pytestqt.qtbot import QtBot

    from gui.entry.dialog import EntryDialog, Ground
    from gui.entry.leg_table import LegTable

CALENDAR = sessions_of_2018()
TERMS = {
    "root": "SPX",
    "expiry": MARCH,
    "quantity": 2,
    "puts": (Decimal(2550), Decimal(2600)),
    "calls": (Decimal(2875), Decimal(2925)),
}


@pytest.fixture
def shown(qtbot: QtBot):  # noqa: ANN201 - a function that keeps a dialog for the test
    """Return a function that shows a dialog until the test is over."""

    def show(dialog: EntryDialog) -> EntryDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def write(lines: Sequence[QLineEdit], texts: Sequence[str]) -> None:
    for line, text in zip(lines, texts, strict=True):
        line.setText(text)


def fill_condor(dialog: CondorDialog) -> None:
    dialog.expiry.line.setText("2018-03-16")
    dialog.quantity.setText("2")
    write(dialog.puts, ("2550", "2600"))
    write(dialog.calls, ("2875", "2925"))


def put_prices(legs: LegTable, *prices: str) -> None:
    for row, price in enumerate(prices):
        item = legs.table.item(row, PRICE)
        assert item is not None
        item.setText(price)


def is_hidden(field: QWidget) -> bool:
    return not field.isVisible()


def test_a_condor_for_one_credit(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(CondorDialog(ground))
    fill_condor(dialog)
    dialog.credit.setText("13.42")
    expected = open_condor(
        BOOK,
        CALENDAR,
        **TERMS,
        credit=Decimal("13.42"),
        fees=Decimal(0),
        at=NOW,  # type: ignore[arg-type]
    )
    assert dialog.draft == expected
    assert "Max loss -$7,316, break-evens 2,586.6 / 2,888.4" in dialog.preview_label.text()
    assert is_hidden(dialog.put_prices[0])


def test_strikes_and_expiry_are_refused_before_the_credit_is_typed(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(CondorDialog(ground))
    fill_condor(dialog)
    write(dialog.puts, ("2600", "2550"))
    assert "do not ascend" in dialog.form.rows["puts"].reason
    write(dialog.puts, ("2550", "2600"))
    write(dialog.calls, ("2590", "2640"))
    assert "must lie above short put" in dialog.form.rows["calls"].reason
    dialog.expiry.line.setText("2018-03-17")
    assert "not a trading session" in dialog.form.rows["expiry"].reason
    dialog.quantity.setText("0")
    assert dialog.draft is None


def test_a_credit_that_no_condor_pays_is_refused_beside_it(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(CondorDialog(ground))
    fill_condor(dialog)
    dialog.credit.setText("51")
    assert "below the widest wing" in dialog.form.rows["credit"].reason


def test_a_condor_leg_by_leg_takes_four_prices(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(CondorDialog(ground))
    dialog.way.setCurrentText(LEG_BY_LEG)
    fill_condor(dialog)
    write(dialog.put_prices, ("15.84", "20.91"))
    assert dialog.draft is None
    write(dialog.call_prices, ("21.04", "12.69"))
    assert dialog.draft is not None
    act = read_position(dialog.draft.body)
    assert [(move.fill.quantity, move.fill.contract.right, move.fill.price) for move in act.moves] == [
        (2, "P", Decimal("15.84")),
        (-2, "P", Decimal("20.91")),
        (-2, "C", Decimal("21.04")),
        (2, "C", Decimal("12.69")),
    ]
    assert act.cash == Decimal("13.42") * 200


def test_one_leg_alone_can_be_entered_and_the_rest_added(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(CondorDialog(ground))
    dialog.way.setCurrentText(LEG_BY_LEG)
    dialog.expiry.line.setText("2018-03-16")
    assert dialog.draft is None
    assert "Puts" in dialog.state_label.text()
    dialog.puts[1].setText("2600")
    assert "its price is missing" in dialog.form.rows["puts"].reason
    dialog.put_prices[1].setText("20.91")
    assert dialog.draft is not None
    assert len(read_position(dialog.draft.body).moves) == 1

    begun = replace(CONDOR_1, fills=(fill("-1 SPX 2018-03-16 P 2600 @ 20.91"),))
    more = shown(CondorDialog(replace(ground, book=Book({1: begun})), condor_id=1))
    write(more.calls, ("2875", ""))
    write(more.call_prices, ("21.04", ""))
    assert more.draft is not None
    assert read_position(more.draft.body).condor_id == 1


def test_a_layer_from_the_line_of_a_leg(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(LayerDialog(ground, key=HoldingKey(1, 3)))
    dialog.legs.line.setText("+4 VIX 2018-03-21 C 25 @ 1.20")
    fills = (parse_fill("+4 VIX 2018-03-21 C 25 @ 1.20"),)
    assert dialog.draft == open_layer(BOOK, CALENDAR, number=3, condor_id=1, fills=fills, fees=Decimal(0), at=NOW)
    assert "Costs $480.00" in dialog.preview_label.text()
    dialog.condor.setCurrentIndex(0)
    assert dialog.draft is not None
    assert read_position(dialog.draft.body).condor_id is None


def test_a_leg_that_expired_is_refused_beside_the_legs(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(LayerDialog(ground))
    dialog.legs.line.setText("+4 VIX 2018-01-17 C 25 @ 1.20")
    assert "before the fill" in dialog.form.rows["fills"].reason


def test_a_net_short_layer_is_entered_with_its_flag(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(LayerDialog(ground, key=HoldingKey(0, 3)))
    dialog.legs.line.setText("-4 VIX 2018-03-21 C 25 @ 1.20")
    assert dialog.draft is not None
    assert "! net short VIX" in dialog.flags_label.text()
    assert dialog.flags_label.isVisible()


def test_a_condor_is_closed_for_a_debit_or_in_part(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(CloseDialog(ground, HoldingKey(1)))
    assert dialog.quantity.text() == "2"
    dialog.debit.setText("4.10")
    dialog.quantity.setText("1")
    assert dialog.draft is not None
    act = read_position(dialog.draft.body)
    assert (act.quantity, act.debit, act.cash) == (1, Decimal("4.10"), Decimal(-410))
    dialog.quantity.setText("3")
    assert "closes more than the 2 held" in dialog.form.rows["quantity"].reason


def test_a_condor_can_be_closed_leg_by_leg(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(CloseDialog(ground, HoldingKey(1)))
    dialog.way.setCurrentText(CLOSED_BY_LEG)
    put_prices(dialog.legs, "1", "2", "3", "0.5")
    assert dialog.draft is not None
    assert read_position(dialog.draft.body).cash == (1 - 2 - 3 + Decimal("0.5")) * 200
    assert is_hidden(dialog.debit)


def test_a_layer_is_closed_leg_by_leg(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(CloseDialog(ground, HoldingKey(1, 2)))
    assert is_hidden(dialog.way)
    assert "price of -4 VIX 2018-04-18 C 20" in dialog.state_label.text()
    put_prices(dialog.legs, "3.10", "0.60")
    fills = (parse_fill("-4 VIX 2018-04-18 C 20 @ 3.10"), parse_fill("+4 VIX 2018-04-18 C 35 @ 0.60"))
    assert dialog.draft == close_layer(BOOK, CALENDAR, number=2, condor_id=1, fills=fills, fees=Decimal(0), at=NOW)


def test_a_condor_is_rolled_in_one_entry(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(roll_dialog(ground, HoldingKey(1)))
    assert isinstance(dialog, CondorRollDialog)
    assert "2 x SPX 2018-03-16  P 2550/2600" in dialog.held.text()
    dialog.debit.setText("6.00")
    dialog.expiry.line.setText("2018-04-20")
    write(dialog.puts, ("2500", "2450"))
    write(dialog.calls, ("2900", "2950"))
    assert "do not ascend" in dialog.form.rows["puts"].reason
    write(dialog.puts, ("2450", "2500"))
    dialog.credit.setText("11.80")
    assert dialog.draft == roll_condor(
        BOOK,
        CALENDAR,
        condor_id=1,
        root="SPX",
        debit=Decimal("6.00"),
        credit=Decimal("11.80"),
        expiry=date(2018, 4, 20),
        puts=(Decimal(2450), Decimal(2500)),
        calls=(Decimal(2900), Decimal(2950)),
        fees=Decimal(0),
        at=NOW,
    )


def test_a_layer_is_rolled_in_one_entry(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(roll_dialog(ground, HoldingKey(1, 1)))
    assert isinstance(dialog, LayerRollDialog)
    put_prices(dialog.closes, "2.40")
    assert "Opens" in dialog.state_label.text()
    dialog.opens.line.setText("+4 VIX 2018-04-18 C 22 @ 1.80")
    assert dialog.draft == roll_layer(
        BOOK,
        CALENDAR,
        number=1,
        condor_id=1,
        close_fills=(parse_fill("-4 VIX 2018-03-21 C 19 @ 2.40"),),
        open_fills=(parse_fill("+4 VIX 2018-04-18 C 22 @ 1.80"),),
        fees=Decimal(0),
        at=NOW,
    )


def later(ground: Ground) -> Ground:
    """Return the ground after all expiries of the book's March and April contracts."""
    return replace(ground, now=datetime(2018, 5, 1, 15, 0, tzinfo=UTC))


def test_a_settlement_value_is_never_assumed(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(SettleDialog(later(ground), HoldingKey(1)))
    assert dialog.due.currentText() == "SET of SPX, 2018-03-16"
    assert dialog.value.text() == ""
    assert NOT_IMPORTED in dialog.origin.text()
    assert dialog.draft is None
    dialog.value.setText("2749.00")
    assert dialog.draft is not None
    act = read_position(dialog.draft.body)
    assert (act.value_name, act.value, act.cash) == ("SET", Decimal("2749.00"), 0)
    assert dialog.draft.event_time == datetime(2018, 3, 16, 13, 30, tzinfo=UTC)


def test_an_imported_value_is_filled_in_and_named(ground: Ground, shown) -> None:  # noqa: ANN001
    imported = {LAYER_1.legs[0].contract: Decimal("20.50")}
    dialog = shown(SettleDialog(later(ground), HoldingKey(1, 1), imported=imported))
    assert dialog.value.text() == "20.5"
    assert dialog.origin.text() == "VRO of VIX, 2018-03-21: imported"
    assert dialog.draft == settle_layer(
        BOOK,
        CALENDAR,
        number=1,
        condor_id=1,
        expiry=date(2018, 3, 21),
        value=Decimal("20.50"),
        value_name="VRO",
        at=datetime(2018, 3, 21, 13, 30, tzinfo=UTC),
    )


def test_before_expiry_a_settlement_is_refused(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(SettleDialog(ground, HoldingKey(1)))
    dialog.value.setText("2749")
    assert "settles at 2018-03-16 09:30 New York, not before" in dialog.form.rows["at"].reason


def test_what_is_due_is_told_apart_by_expiry_name_and_index(ground: Ground, shown) -> None:  # noqa: ANN001
    mixed = layer(
        3,
        None,
        "+1 VIX 2018-04-18 C 20 @ 1.00",
        "+1 VX 2018-03-21 @ 15.10",
        "+1 SPXW 2018-03-21 P 2500 @ 9.00",
        "+1 XSP 2018-03-21 P 250 @ 0.90",
        "+5 VXX @ 30.00",
        cash="0",
    )
    assert [due.text for due in due_of(mixed.legs)] == [
        "VRO of VIX, 2018-03-21",
        "close of SPX, 2018-03-21",
        "close of XSP, 2018-03-21",
        "VRO of VIX, 2018-04-18",
    ]
    book = Book(layers={(3, None): mixed})
    dialog = shown(SettleDialog(replace(later(ground), book=book), HoldingKey(0, 3)))
    dialog.due.setCurrentIndex(2)
    dialog.value.setText("245.10")
    assert dialog.draft is not None
    moves = read_position(dialog.draft.body).moves
    assert [(move.fill.contract.root, move.fill.price) for move in moves] == [("XSP", Decimal("4.90"))]
    assert dialog.draft.event_time == datetime(2018, 3, 21, 20, 0, tzinfo=UTC)  # its close, not the VRO's morning


def test_a_note_is_about_what_is_chosen(ground: Ground, shown, qtbot: QtBot) -> None:  # noqa: ANN001
    dialog = shown(NoteDialog(ground, key=HoldingKey(1, 2)))
    assert dialog.about.currentText() == "layer 2 of condor 1"
    assert dialog.state_label.text() == "Still needed: Note"
    qtbot.keyClicks(dialog.words, "rolled early")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.words, "as the rule asks")
    assert dialog.isVisible()
    assert dialog.draft is not None
    assert dialog.draft.kind is EntryKind.NOTE_WRITTEN
    assert dialog.draft.note == "rolled early\nas the rule asks"
    assert dialog.draft.body == {"condor": 1, "layer": 2}
    dialog.about.setCurrentText("the book")
    assert dialog.draft is not None
    assert dialog.draft.body == {"condor": None, "layer": None}


def test_the_account_shows_what_was_stated_last_and_fills_in_nothing(ground: Ground, shown) -> None:  # noqa: ANN001
    account = Account(OPENED, Decimal(250_000), Decimal(40_000), Decimal(100_000))
    dialog = shown(AccountDialog(replace(ground, book=replace(BOOK, account=account))))
    assert dialog.equity.text() == ""
    assert last_text(account) == ("2018-01-12 10:30 ET: equity $250,000.00, cash $40,000.00, notional $100,000.00")
    assert last_text(None) == "never"
    write((dialog.equity, dialog.cash, dialog.notional), ("251000", "41000", "100000"))
    assert dialog.draft is not None
    assert dialog.draft.body["margin_e8"] is None


def test_a_layer_is_named_and_the_name_it_has_is_no_news(ground: Ground, shown) -> None:  # noqa: ANN001
    dialog = shown(NameDialog(ground, key=HoldingKey(1, 2)))
    assert dialog.name.text() == BOOK.layer_names[2]
    assert dialog.draft is None
    assert "is the name that it has already" in dialog.form.rows["name"].reason
    dialog.name.setText("  roof ")
    assert dialog.draft is not None
    assert dialog.draft.body == {"layer": 2, "name": "roof"}
    dialog.which.setCurrentIndex(3)
    assert (dialog.name.text(), dialog.draft) == (BOOK.layer_names[4], None)
    dialog.name.setText("x" * 41)
    assert dialog.draft is None
