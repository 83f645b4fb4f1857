"""Is every statement of the playbook accounted for: done with a test, a note field, or later for a reason?"""

from collections import Counter
from importlib import import_module

import pytest

from tests.playbook_coverage import KINDS, PAGE, Statement, marked_tests, page, statements

ROWS = {"000": 32, "001": 29, "002": 26, "003": 25, "004": 24}
# Rows that may wait for the replay of history and for more instruments (playbook 7.5)
REPLAY = {"000-28", "001-1", "001-2", "001-5", "001-25", "001-26", "002-14", "003-24"}
INSTRUMENTS = {"003-5", "003-6", "003-10", "004-12", "002-26"}
WITH = ("advice: ", "money: ")


def test_all_136_statements_are_there_once_and_in_order() -> None:
    ids = [row.id for row in statements()]
    assert ids == [f"{seed}-{number}" for seed, count in ROWS.items() for number in range(1, count + 1)]
    assert len(ids) == 136


@pytest.mark.parametrize("row", statements(), ids=lambda row: row.id)
def test_a_row_is_done_with_a_test_or_waits_for_a_reason(row: Statement) -> None:
    assert row.kind in KINDS
    assert row.says
    if row.kind == "done":
        module, _, name = row.where.rpartition(".")
        assert hasattr(import_module(module), name), row.where
        assert marked_tests().get(row.id), "no test carries its mark"
    elif row.kind == "later":
        expected = {"replay": REPLAY, "instruments": INSTRUMENTS}.get(row.where)
        assert row.id in expected if expected is not None else row.where.startswith(WITH), row.where
    assert not row.rest or row.rest.startswith((*WITH, "note field: "))


def test_only_rows_that_the_playbook_names_wait_for_replay_and_instruments() -> None:
    waiting = {name: {row.id for row in statements() if row.where == name} for name in ("replay", "instruments")}
    assert waiting["replay"] <= REPLAY
    assert waiting["instruments"] <= INSTRUMENTS


def test_no_mark_names_a_statement_that_is_not_there() -> None:
    assert set(marked_tests()) <= {row.id for row in statements()}


def test_the_kinds_are_counted_apart() -> None:
    counts = Counter(row.kind for row in statements())
    assert sum(counts.values()) == 136
    assert f"{counts['done']} done, {counts['note field']} note field, {counts['later']} later" in page()


def test_the_page_is_the_generated_one() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.playbook_coverage"
