"""Can any input break a parser? Mutated bytes and invented tables: rows with fates, or a typed refusal.

`python -m tests.fuzz --runs N [--layout NAME] [--start S]` tries more of them.
"""

import resource
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.parsing.asked import Asked
from core.parsing.layout import Layout
from core.parsing.registry import LAYOUTS, parse
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import calendar
from tests.core.parsing.mutation import check, outcome, run
from tests.core.parsing.seeds import NOW, SEEDS, Seed

INPUTS = 100_000
MAX_GROWTH_KB = 200 * 1024
MAX_PEAK = 50 * 1024 * 1024
VIX = Seed("", "VIX_History.csv", ("cboe-index",), "VIX")


@pytest.mark.parametrize("name", [layout.name for layout in LAYOUTS])
def test_damaged_files_are_read_or_refused(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counts = run(name, INPUTS // len(LAYOUTS) + 1)
    assert min(counts["read"], counts["refused"]) > 0.03 * INPUTS / len(LAYOUTS)  # both ways were tried
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MAX_GROWTH_KB


def refusal(text: str) -> str:
    """Return why a text is refused, "" if it is read; raises whatever is not a typed refusal."""
    return outcome(text.encode("utf-8", "replace"), VIX)


CELL = st.sampled_from(["", ".", "null", "1.5", "18.44", "0", "-3", "nan", "1e400", "abc", "1,5", '"']) | st.text(
    max_size=6
)
DATE = st.sampled_from(
    ["2018-02-05", "2018-02-06", "2018-02-04", "02/05/2018", "13/02/2018", "2018-02-30", "x", ""]
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(LAYOUTS), st.data())
def test_invented_rows_under_a_known_header_are_read_or_refused(layout: Layout, data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from([seed for seed in SEEDS if layout.name == seed.layouts[0]]))
    header = next(line for line in seed.text.splitlines() if line)
    width = header.count(",") + header.count(";")
    rows = data.draw(st.lists(st.tuples(DATE, st.lists(CELL, min_size=width, max_size=width + 1)), max_size=8))
    mark = ";" if ";" in header else ","
    text = "\n".join([header, *(mark.join([day, *cells]) for day, cells in rows)])
    try:
        check(parse(text, layout, Asked(calendar(), "" if layout.names_itself else "VIX", now=NOW)))
    except ParseRefusedError:
        return


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_refused_by_its_header(text: str) -> None:
    assert refusal(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("DATE,VIX\n02/05/2018," + "9" * 19_000, ""),
        ("DATE,VIX\n02/05/2018," + "9" * 21_000, "line 2: a line of more than 20,000 characters"),
        ("DATE,VIX\n" + '"' * 999, "line 2, column 1: a quote is not closed"),
        ("DATE,VIX\n" + "02/05/2018,1\n" * 50_000, ""),
    ],
)
def test_absurd_files_are_dealt_with_at_once(text: str, words: str) -> None:
    start = time.process_time()
    assert words in refusal(text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("DATE,VIX\n" + "\n" * 20_000_000, "more than 5,000,000 lines"),
        ("DATE,VIX\n" + "x\n" * 500_000, "1 cells where the header has 2; and so more than 10,000 rows"),
        ("DATE,VIX\n" + "02/05/2018,x\n" * 100_000, "'x' is not a plain number; and so more than 10,000 rows"),
        ("DATE,VIX\n" + "02/05/2018,-1\n" * 100_000, "'-1' is not a price above 0"),
        ("DATE,VIX\n" + "02/05/2018,1\n" + "x,1\n" * 100_000, "is not a day written MM/DD/YYYY; and so more than"),
        ("DATE,OPEN,HIGH,LOW,CLOSE\n" + "1," * 9_000 + "\n", "cells where the header has 5"),
        ('DATE,VIX\n"' + "a\n" * 500_000, "a quote is not closed"),
    ],
    ids=lambda value: value[:20] if len(value) < 100 else "",
)
def test_a_file_that_is_nothing_but_faults_is_refused_at_once(text: str, words: str) -> None:
    tracemalloc.start()
    start = time.process_time()
    try:
        assert words in refusal(text)
        assert time.process_time() - start < 3  # under the tracing of every allocation
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * len(text) + MAX_PEAK
