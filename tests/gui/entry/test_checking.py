"""Is each refusal put beside the row that it is about?"""

from __future__ import annotations

from core.market.times import TimeRefusedError
from core.positions.values import ActRefusedError
from gui.entry.checking import Checked
from gui.entry.typed import StillEmptyError, typed_count, typed_decimal


def raising(error: Exception) -> None:
    raise error


def test_every_row_is_read_whatever_the_others_say() -> None:
    checked = Checked({"credit", "quantity", "fees"})
    checked.read(
        {
            "credit": lambda: typed_decimal("credit", "x"),
            "quantity": lambda: typed_count("quantity", ""),
            "fees": lambda: typed_decimal("fees", "2.60"),
        }
    )
    assert list(checked.refused) == ["credit"]
    assert checked.needed == ["quantity"]
    assert {name: str(value) for name, value in checked.values.items()} == {"fees": "2.60"}


def test_a_none_that_was_read_is_a_value() -> None:
    checked = Checked({"margin"})
    checked.read({"margin": lambda: None})
    assert checked.values == {"margin": None}


def test_a_legs_field_goes_to_the_legs_and_an_unknown_one_keeps_its_name() -> None:
    checked = Checked({"fills", "fees"})
    checked.attempt("", lambda: raising(ActRefusedError("price", "VIX needs one")))
    checked.attempt("", lambda: raising(ActRefusedError("number", "there is no layer 7")))
    assert checked.refused == {"fills": "VIX needs one", "number": "there is no layer 7"}


def test_a_refusal_without_a_field_is_about_the_row_being_read() -> None:
    checked = Checked({"at"})
    checked.attempt("at", lambda: raising(TimeRefusedError("'x' is not a time")))
    assert checked.refused == {"at": "'x' is not a time"}


def test_a_missing_price_is_named_in_words() -> None:
    checked = Checked({"fills"})
    checked.attempt("fills", lambda: raising(StillEmptyError("price of -4 VIX")))
    assert (checked.refused, checked.needed) == ({}, ["price of -4 VIX"])
