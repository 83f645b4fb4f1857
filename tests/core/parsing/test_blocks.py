"""Is what no parser would take told from its blocks alone, and is nothing else refused? Against whole files."""

import random

import pytest

from core.parsing.blocks import BLOCK_BYTES, BlockCheck
from core.parsing.table import MAX_REFUSED, ParseRefusedError


def refusal(data: bytes) -> str:
    """Return why a file is refused, "" if it is not."""
    check = BlockCheck()
    try:
        for start in range(0, len(data), BLOCK_BYTES):
            check.feed(data[start : start + BLOCK_BYTES])
    except ParseRefusedError as error:
        return str(error)
    return ""


ROW = b"02/05/2018,1,2,1,2\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ROW * 20_000, ""),
        (ROW * 20_000 + b"9" * (BLOCK_BYTES - 1), ""),  # the table says more of it
        (ROW * 3 + b"x" * 2 * BLOCK_BYTES + ROW, "line 1: a line of more than 20,000"),  # its block has line ends
        (b"x" * BLOCK_BYTES, "line 1: a line of more than 20,000 characters"),
        (ROW * 20_000 + b"," * 2 * BLOCK_BYTES, "a line of more than 20,000 characters"),
        (ROW * 9_000 + b"\0", "line 9001: a NUL character"),
        (b"\n" * 5_000_001, "line 5000001: more than 5,000,000 lines"),
        (b"\r" * 5_000_001, "line 5000001: more than 5,000,000 lines"),
        (b'"a\n' * MAX_REFUSED + b'"', ""),
        (ROW + b'"a\n' * (MAX_REFUSED + 1), f"line {MAX_REFUSED + 2}: a quote is not closed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_spoils_a_file_is_told(data: bytes, words: str) -> None:
    said = refusal(data)
    assert bool(said) == bool(words)
    assert words.removeprefix("line 1: ") in said


def test_quotes_are_counted_line_by_line_across_blocks() -> None:
    rng = random.Random(20180205)
    lines = [b'"' * rng.choice((0, 1, 2, 3)) + b"x" * rng.randrange(60) for _ in range(40_000)]
    odd = [number for number, line in enumerate(lines, 1) if line.count(b'"') % 2]
    assert len(b"\n".join(lines)) > 4 * BLOCK_BYTES
    last_good = odd[MAX_REFUSED - 1]
    assert refusal(b"\n".join(lines[:last_good]) + b"\n") == ""
    said = refusal(b"\n".join(lines[: odd[MAX_REFUSED]]) + b"\n")
    assert said.startswith(f"line {odd[MAX_REFUSED]}: a quote is not closed")
