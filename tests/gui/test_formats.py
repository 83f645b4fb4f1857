from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.market.figure import Input, known, unknown
from gui.formats import (
    age_text,
    day_text,
    dollars_text,
    figure_role,
    figure_text,
    figure_tooltip,
    number_text,
    percent_text,
    points_text,
    profit_text,
    time_text,
    value_text,
)

FRIDAY_CLOSE = datetime(2018, 2, 2, 21, 0, tzinfo=UTC)  # 16:00 in New York, five hours behind in winter


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2648.94, "2,648.94"),
        (0.0, "0.00"),
        (-0.001, "0.00"),
        (-0.006, "-0.01"),
        (1e6, "1,000,000.00"),
        (float("nan"), "—"),
        (float("inf"), "—"),
        (None, "—"),
    ],
)
def test_numbers(value: float | None, text: str) -> None:
    assert number_text(value) == text


def test_a_half_cent_is_rounded_as_written_not_as_stored() -> None:
    assert number_text(Decimal("2.675")) == "2.68"  # half to even: 2.675 -> 2.68; the float 2.675 is below it
    assert number_text(Decimal("2.665")) == "2.66"


def test_signs_are_plain_ascii_and_always_there_on_a_profit() -> None:
    assert profit_text(Decimal(1342)) == "+$1,342.00"
    assert profit_text(Decimal("-3658.5")) == "-$3,658.50"
    assert profit_text(0) == "$0.00"
    assert dollars_text(-3658, 0) == "-$3,658"
    assert dollars_text(1342) == "$1,342.00"
    assert profit_text(None) == "—"
    assert points_text(-2.5, is_signed=True) == "-2.50 points"
    assert percent_text(0.03, is_signed=True) == "+0.03 %"
    assert percent_text(float("nan")) == "—"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (12.9, "12 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (185, "3 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (47 * 3600, "47 h"),
        (48 * 3600, "2 d"),
        (-5, "-5 s"),
        (None, "—"),
    ],
)
def test_ages(seconds: float | None, text: str) -> None:
    assert age_text(seconds) == text


def test_times_are_new_york_times() -> None:
    assert time_text(FRIDAY_CLOSE) == "2018-02-02 16:00 ET"
    assert (
        time_text(FRIDAY_CLOSE, now=datetime(2018, 2, 3, 3, 0, tzinfo=UTC)) == "16:00:00 ET"
    )  # 22:00 the same day
    assert time_text(FRIDAY_CLOSE, now=datetime(2018, 2, 3, 6, 0, tzinfo=UTC)) == "2018-02-02 16:00 ET"
    assert time_text(datetime(2018, 7, 2, 20, 0, tzinfo=UTC)) == "2018-07-02 16:00 ET"  # four hours in summer
    assert day_text(FRIDAY_CLOSE.date()) == "2018-02-02"
    assert day_text(None) == time_text(None) == "—"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1.126, "%", "1.13 %"),
        (37.32, "points", "37.32 points"),
        (-7316.0, "$", "-$7,316.00"),
        (15433.0, "issues", "15,433 issues"),
        (3.0, "", "3"),
        (0.42, "", "0.42"),
        (1.524, "EDR", "1.52 EDR"),
        (None, "%", "—"),
    ],
)
def test_values_follow_their_unit(value: float | None, unit: str, text: str) -> None:
    assert value_text(value, unit) == text


def test_a_figure_says_that_it_is_unknown_provisional_or_old() -> None:
    edr = known(1.13, "%", "B = VIX / sqrt(252)")
    missing = unknown("VIX: last quote is 31 min old", "%")
    assert figure_text(edr) == "1.13 %"
    assert figure_text(edr, has_unit=False, decimals=1) == "1.1"
    assert figure_text(replace(edr, is_provisional=True)) == "1.13 %*"
    assert figure_text(replace(edr, is_provisional=True, is_amber=True)) == "1.13 %* (old)"
    assert figure_text(missing) == "—"
    assert [figure_role(f) for f in (edr, replace(edr, is_amber=True), missing)] == ["text", "amber", "unknown"]


def test_the_tooltip_holds_formula_inputs_times_sources_and_ages() -> None:
    vix = Input("VIX", 17.31, "points", FRIDAY_CLOSE, "typed", 185.0, "used for VIX9D")
    figure = replace(known(1.09, "%", "B = VIX / sqrt(252)", (vix,), note="VIX stands in"), is_provisional=True)
    assert figure_tooltip(figure, "EDR") == (
        "EDR 1.09 %*\n"
        "Formula: B = VIX / sqrt(252)\n"
        "  VIX 17.31 points, 2018-02-02 16:00 ET, typed, 3 min old, used for VIX9D\n"
        "Note: VIX stands in\n"
        "* provisional: from live quotes, the close decides"
    )


def test_the_tooltip_of_an_unknown_figure_gives_the_reason() -> None:
    figure = unknown("no VIX9D for 2010-12-31", "%", inputs=(Input("VIX9D", None),))
    assert figure_tooltip(figure, "EDR") == "EDR —: unknown, no VIX9D for 2010-12-31\n  VIX9D —"
