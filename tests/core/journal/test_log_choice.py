"""Does a choice take what it names, and is one refused that nothing could meet?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.journal import acts
from core.journal.log import COLUMNS, LogRow, log_rows
from core.journal.log_choice import ChoiceRefusedError, LogChoice, chosen, log_choice
from core.journal.log_columns import LOG_COLUMNS, PRINTED
from tests.core.journal.desk import Desk, d, legs

LATE = datetime(2018, 2, 1, 4, 59, tzinfo=UTC)  # still 31 January in New York


@pytest.fixture(scope="module")
def rows() -> list[LogRow]:
    desk = Desk()
    desk.do(acts.open_condor)
    desk.do(acts.open_layer, fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"))
    desk.do(acts.open_layer, number=2, condor_id=1, fills=legs("+1 VIX 2018-03-21 C 30 @ 0.70"))
    desk.do(acts.close_condor, quantity=4, at=LATE)
    desk.do(acts.write_note, text="end of the month", layer=2, at=LATE)
    return log_rows(desk.entries)


def test_the_columns_are_the_fields_of_a_row_in_their_order() -> None:
    assert tuple(column.name for column in LOG_COLUMNS) == COLUMNS
    assert set(PRINTED) < set(COLUMNS)


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"layers": [2]}, [3, 5]),
        ({"layers": [1, 2]}, [2, 3, 5]),
        ({"condors": [1]}, [1, 3, 4]),
        ({"condors": [1], "layers": [2]}, [3]),
        ({"kinds": ["layer_opened", "note_written"]}, [2, 3, 5]),
        ({"last": date(2018, 1, 30)}, [1, 2, 3]),
        ({"first": date(2018, 1, 31), "last": date(2018, 1, 31)}, [4, 5]),
        ({"first": date(2018, 2, 1)}, []),
        ({"condors": [7]}, []),
    ],
)
def test_entries_are_taken_by_new_york_day_layer_condor_and_kind(
    rows: list[LogRow], asked: dict[str, object], numbers: list[int]
) -> None:
    choice = log_choice(**asked)  # type: ignore[arg-type]
    assert [row.sequence for row in chosen(rows, choice)] == numbers
    assert choice.is_whole == (not asked)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"first": date(2018, 2, 2), "last": date(2018, 2, 1)}, "ends on 2018-02-01, before it begins"),
        ({"layers": [5]}, "no layer 5"),
        ({"kinds": ["hedged"]}, "no kind 'hedged'"),
        ({"columns": ["cash", "; drop table"]}, "no column '; drop table'"),
    ],
)
def test_what_nothing_could_meet_is_refused(asked: dict[str, object], reason: str) -> None:
    with pytest.raises(ChoiceRefusedError, match=reason):
        log_choice(**asked)  # type: ignore[arg-type]


def test_a_choice_says_in_words_what_it_takes() -> None:
    assert LogChoice().words == "every entry"
    asked = log_choice(first=date(2018, 1, 1), layers=[2, 1], condors=[3], kinds=["layer_rolled"])
    assert asked.words == "2018-01-01 to now, layers 1 and 2, condor 3, layer rolled"


def test_a_column_is_taken_once_in_the_order_named() -> None:
    assert log_choice(columns=["cash", "sequence", "cash"]).columns == ("cash", "sequence")


def test_a_layer_of_the_book_is_not_of_a_condor(rows: list[LogRow]) -> None:
    assert [row.sequence for row in rows if row.layer == 1 and row.condor is None] == [2]
    assert d("-480.00") == rows[1].cash
