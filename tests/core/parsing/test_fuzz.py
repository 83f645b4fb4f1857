"""Can any input break a parser? Mutated bytes and invented tables: rows with fates, or a typed refusal."""

import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.parsing.asked import Asked
from core.parsing.fates import Fate, ParsedFile
from core.parsing.layout import Layout
from core.parsing.registry import LAYOUTS, parse, recognise
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import calendar, utc
from tests.core.parsing.test_registry import LATER, READ
from tests.core.parsing.test_rows import EVERY_FATE

NOW = utc("2024-01-02T12:00")
SEEDS = [EVERY_FATE, *(text for text, *_ in READ), *(text for text, _ in LATER)]
PIECES = [
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b'"', b",", b";", b"\n", b"\r", b"\t", b" ", b"-", b"."),
    *(b"nan", b"inf", b"1e400", b"null", b"9" * 30, b"99/99/9999", b"2018-02-30", b"=cmd()", b"x" * 300),
    "\u0663".encode(),
]
INPUTS = 4000


def check(parsed: ParsedFile) -> None:
    """What holds of every file, whatever it says."""
    assert sum(parsed.counts.values()) == parsed.rows
    row_fates = [fate for fate in parsed.fates if not fate.field]
    taken = sum(last - first + 1 for first, last in parsed.taken_lines)
    assert len(row_fates) + parsed.counts[Fate.TAKEN] == parsed.rows
    assert taken >= parsed.counts[Fate.TAKEN]
    for series in parsed.series:
        assert (np.diff(series.days) > np.timedelta64(0, "D")).all()
        assert np.isin(series.days, calendar().days).all()
        assert np.isfinite(series.columns.get("close", series.columns.get("advances"))).all()
    for fate in parsed.fates:
        assert "\n" not in fate.reason
        assert len(fate.reason) < 400


def refusal(text: str) -> str:
    """Return why a text is refused, "" if it is read; raises whatever is not a typed refusal."""
    try:
        layout = recognise(text, "VIX_History.csv")[0]
        check(parse(text, layout, Asked(calendar(), "" if layout.names_itself else "VIX", now=NOW)))
    except ParseRefusedError as error:
        return str(error)
    return ""


def mutated(seed: bytes, rng: random.Random) -> bytes:
    data = bytearray(seed)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            data[at:at] = rng.choice(PIECES)
        elif kind == 1:
            del data[at : at + rng.randint(1, 8)]
        elif kind == 2 and at < len(data):
            data[at] = rng.randrange(256)
        else:
            data[at:at] = data[max(0, at - 20) : at]
    return bytes(data)


def test_mutated_files_are_read_or_refused() -> None:
    rng = random.Random(20180205)
    texts = (mutated(rng.choice(SEEDS).encode(), rng).decode("utf-8", "replace") for _ in range(INPUTS))
    words = [refusal(text) for text in texts]
    assert not [text for text in words if "\n" in text or len(text) > 400]
    assert 0.1 * INPUTS < words.count("") < 0.9 * INPUTS  # both ways were tried


CELL = st.sampled_from(["", ".", "null", "1.5", "18.44", "0", "-3", "nan", "1e400", "abc", "1,5", '"']) | st.text(
    max_size=6
)
DATE = st.sampled_from(
    ["2018-02-05", "2018-02-06", "2018-02-04", "02/05/2018", "13/02/2018", "2018-02-30", "x", ""]
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(LAYOUTS), st.data())
def test_invented_rows_under_a_known_header_are_read_or_refused(layout: Layout, data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from([text for text, _, layouts, *_ in READ if layout.name in layouts]))
    header = next(line for line in seed.splitlines() if line)
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
