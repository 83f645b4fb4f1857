"""What does a parser do with a damaged file? It reads rows, each with its fate, or refuses in one line."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import session_indexes
from core.market.series import DAILY, MONTHLY
from core.parsing.fates import Fate
from core.parsing.registry import choose, layout_named, parse, recognise
from core.parsing.table import ParseRefusedError
from db.file_text import ImportRefusedError, file_text
from tests.core.market.exchange import calendar
from tests.core.parsing.seeds import SEEDS

if TYPE_CHECKING:
    from core.market.option_chain import OptionChain
    from core.market.series import Series
    from core.parsing.fates import ParsedFile
    from tests.core.parsing.seeds import Seed

MAX_SECONDS = 1.0
MAX_WORDS = 600
PIECES = (
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b'"', b",", b";", b"\n", b"\r", b"\t", b" ", b"-", b".", b":", b"0"),
    *(b"nan", b"inf", b"1e400", b"null", b"9" * 30, b"99/99/9999", b"2018-02-30", b"=cmd()", b"x" * 300),
    *(b"2024-03-10 02:30:00", b"2024-11-03 01:30:00", b"+14:00", b"1.234,56", b"1,234", b"12/12/2018", b"#expiry"),
    *("\u0663".encode(), "\u2212".encode(), "\u00fc".encode(), b"\n\n\n", b",,,,,,", b"(5.00)", b"-1", b"0.0"),
)


def mutated(seed: bytes, rng: random.Random) -> bytes:
    """Return bytes with one to four faults: something put in, taken out, turned over, or said twice."""
    data = bytearray(seed)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(5)
        if kind == 0:
            data[at:at] = rng.choice(PIECES)
        elif kind == 1:
            del data[at : at + rng.randint(1, 8)]
        elif kind == 2 and at < len(data):
            data[at] = rng.randrange(256)
        elif kind == 3 and at < len(data) and chr(data[at]).isdigit():
            data[at] = ord(str(rng.randrange(10)))
        else:
            data[at:at] = data[max(0, at - 40) : at]
    return bytes(data)


def outcome(data: bytes, seed: Seed, layout_name: str = "") -> str:
    """Return why bytes are refused, "" if they are read; raises AssertionError for an unsound account."""
    try:
        text = file_text(seed.file_name, data).text
        if layout_name:
            layout = layout_named(layout_name)
        else:
            claims = recognise(text, seed.file_name)
            layout = choose(claims, text, seed.file_name, seed.symbol)
        check(parse(text, layout, seed.asked()))
    except (ParseRefusedError, ImportRefusedError) as error:
        words = str(error)
        assert "\n" not in words, words
        assert len(words) < MAX_WORDS, words
        return words
    return ""


def run(layout_name: str, runs: int, start: int = 20180205) -> Counter[str]:
    """Try so many damaged files of a layout; return how many were read and refused, and the slowest in ms."""
    rng = random.Random(f"{layout_name} {start}")
    seeds = [seed for seed in SEEDS if layout_name in seed.layouts] or list(SEEDS)
    counts: Counter[str] = Counter()
    slowest = 0.0
    for number in range(runs):
        seed = rng.choice(seeds)
        data = mutated(seed.text.encode(), rng)
        began = time.perf_counter()
        try:
            words = outcome(data, seed, layout_name if number % 2 else "")
        except Exception as error:
            raise AssertionError(f"{layout_name}, input {number} of start {start}: {data!r}") from error
        slowest = max(slowest, time.perf_counter() - began)
        counts["refused" if words else "read"] += 1
    counts["slowest_ms"] = int(slowest * 1000)
    assert slowest < MAX_SECONDS
    return counts


def check(parsed: ParsedFile) -> None:
    """What holds of every file, whatever it says."""
    assert sum(parsed.counts.values()) == parsed.rows
    row_fates = [fate for fate in parsed.fates if not fate.field]
    taken = sum(last - first + 1 for first, last in parsed.taken_lines)
    assert sum(fate.rows for fate in row_fates) + parsed.counts[Fate.TAKEN] == parsed.rows
    assert taken >= parsed.counts[Fate.TAKEN]
    for series in parsed.series:
        _check_series(series)
    for fate in parsed.fates:
        assert "\n" not in fate.reason
        assert len(fate.reason) < 400
    if parsed.chain is not None:
        _check_chain(parsed.chain)


def _check_series(series: Series) -> None:
    assert (np.diff(series.times).astype(np.int64) > 0).all()
    if series.interval != MONTHLY:
        assert (session_indexes(series.days, calendar()) >= 0).all()
    assert (series.times.dtype == "datetime64[D]") == (series.interval in {DAILY, MONTHLY})
    assert any(np.isfinite(values).all() for values in series.columns.values())
    assert not any(np.isinf(values).any() for values in series.columns.values())


def _check_chain(chain: OptionChain) -> None:
    keys = list(zip(chain.roots, chain.expiries, chain.strikes_e8, chain.rights, strict=True))
    assert len(set(keys)) == len(keys)
    assert (chain.strikes_e8 >= 0).all()
    assert not (chain.columns["bid"] > chain.columns["ask"]).any()
    assert not any(np.isinf(values).any() for values in chain.columns.values())
