"""Is the canonical text the one that any JSON library sorts to, and is money exact or refused?"""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.journal.canonical import (
    MoneyRefusedError,
    canonical,
    float_from_e8,
    float_to_e8,
    from_e8,
    parse_canonical,
    to_e8,
)

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def test_the_text_is_written_out_by_hand() -> None:
    body = {"b": [1, True, None], "a": "é\n", "ä": {}}
    assert canonical(body) == '{"a":"\\u00e9\\n","b":[1,true,null],"\\u00e4":{}}'


@given(st.dictionaries(st.text(), PLAIN, max_size=5))
def test_a_body_comes_back_and_its_order_does_not_matter(body: dict) -> None:
    text = canonical(body)
    assert text.isascii()
    assert json.loads(text) == body == parse_canonical(text)
    assert canonical(dict(reversed(list(body.items())))) == text


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), Decimal(1), b"x", {1: 2}, {"a": [{"b": 0.5}]}, {1, 2}, object()]
)
def test_what_has_no_one_text_is_an_error(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize(
    "text", ['{"b":1,"a":2}', '{"a": 1}', '{"a":1.0}', '{"a":"é"}', "[1]", '{"a":1,"a":1}', "{"]
)
def test_a_text_in_another_form_is_not_taken(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        parse_canonical(text)


@pytest.mark.parametrize(
    ("number", "integer"),
    [
        ("1.20", 120_000_000),
        ("-0.00000001", -1),
        ("0", 0),
        ("1.500000000000", 150_000_000),
        ("1e3", 100_000_000_000),
        ("92233720368.54775807", 2**63 - 1),
        ("-92233720368.54775807", -(2**63) + 1),
    ],
)
def test_money_is_an_exact_integer(number: str, integer: int) -> None:
    assert to_e8(Decimal(number)) == integer
    assert from_e8(integer) == Decimal(number)


@pytest.mark.parametrize(
    "number",
    [
        "NaN",
        "sNaN",
        "Infinity",
        "-Infinity",
        "0.000000001",
        "1.123456789",
        "92233720368.54775808",
        "1e1000000",
        "1e-1000000",
    ],
)
def test_money_that_cannot_be_held_exactly_is_refused(number: str) -> None:
    with pytest.raises(MoneyRefusedError):
        to_e8(Decimal(number))


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_every_integer_comes_back(integer: int) -> None:
    assert to_e8(from_e8(integer)) == integer


def test_money_reads_as_it_was_written() -> None:
    assert [str(from_e8(value)) for value in (120_000_000, 2_500_000_000, 1_250_000, -5)] == [
        "1.20",
        "25.00",
        "0.0125",
        "-5E-8",
    ]


def test_a_quote_comes_back_as_the_same_float() -> None:
    for value in (2648.94, 37.32, 0.1, 33.225, 1e7 - 0.01, 0.41):
        assert float_from_e8(float_to_e8(value)) == value


def test_an_unknown_quote_is_no_number_and_infinity_none() -> None:
    assert float_to_e8(None) is None
    assert float_to_e8(float("nan")) is None
    assert float_from_e8(None) is None
    with pytest.raises(MoneyRefusedError):
        float_to_e8(float("inf"))
