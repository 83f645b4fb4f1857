"""Do quotes come in line by line, each for itself, stored as it comes, and said where it is not shown?"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.connection import connect_reader
from db.market_store import load_quotes
from tests.cli.shell import ROOT, Shell, values

if TYPE_CHECKING:
    from pathlib import Path

    from core.market.quote import Quote

AT = "2018-03-02T11:00"  # the session after the last close; 16:00 UTC
SPX, VIX = float(values()["SPX"][-1]), float(values()["VIX"][-1])


def feed(journal: Path, text: str | bytes, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "--journal", str(journal), "quote", "-", *words]
    data = text.encode() if isinstance(text, str) else text
    done = subprocess.run(command, cwd=ROOT, input=data, capture_output=True, check=False, timeout=60)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def stored(journal: Path) -> list[Quote]:
    with closing(connect_reader(journal)) as connection:
        return list(load_quotes(connection))


def test_good_lines_are_taken_and_bad_parts_named_with_their_line(shell: Shell) -> None:
    text = f"{AT} SPX={SPX} VIX={VIX}\n\n{AT}:01 SPX nan VIX {VIX}\nsome words\n{AT}:02 VIX9D 15"
    done = feed(shell.journal, text)
    assert done.returncode == 1
    assert [(one.symbol, one.time.isoformat()[11:19]) for one in stored(shell.journal)] == [
        ("SPX", "16:00:00"),
        ("VIX", "16:00:00"),
        ("VIX", "16:00:01"),
        ("VIX9D", "16:00:02"),
    ]
    assert done.stderr.splitlines() == [
        "condor-watch: line 3: SPX: 'nan' is not a price: write digits with a point, like 18.40",
        "condor-watch: line 4: SOME: 'words' is not a price: write digits with a point, like 18.40",
    ]
    assert len(done.stdout.splitlines()) == 4


def test_only_good_lines_end_with_0_and_an_empty_input_does_nothing(shell: Shell) -> None:
    done = feed(shell.journal, f"{AT} SPX={SPX}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert feed(shell.journal, "").returncode == 0
    assert len(stored(shell.journal)) == 1


def test_each_line_is_stored_before_the_next_one_comes(shell: Shell) -> None:
    command = [sys.executable, "-m", "cli", "--journal", str(shell.journal), "quote", "-"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for count in (1, 2, 3):
            running.stdin.write(f"{AT}:0{count} SPX={SPX}\n")
            running.stdin.flush()
            assert running.stdout.readline().startswith("SPX ")
            assert len(stored(shell.journal)) == count
        running.stdin.close()
        assert running.wait(30) == 0


def test_between_two_lines_others_may_write(shell: Shell) -> None:
    command = [sys.executable, "-m", "cli", "--journal", str(shell.journal), "quote", "-"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(f"{AT} SPX={SPX}\n")
        running.stdin.flush()
        assert running.stdout.readline()
        shell.done("quote", f"VIX={VIX}", "--at", AT)
        running.stdin.close()
        assert running.wait(30) == 0
    assert {one.symbol for one in stored(shell.journal)} == {"SPX", "VIX"}


def test_with_json_each_line_is_a_document(shell: Shell) -> None:
    done = feed(shell.journal, f"{AT} SPX={SPX}\n{AT}:30 SPX={SPX * 2:.2f} VIX=0\n", "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {
        "line": 1,
        "quotes": [
            {"symbol": "SPX", "value": SPX, "time": "2018-03-02T16:00:00Z", "source": "typed", "not_shown": ""}
        ],
        "refused": [],
    }
    assert second["line"] == 2
    assert "is +100 % from" in second["quotes"][0]["not_shown"]
    assert second["refused"] == ["VIX: 0 is outside 0 to 10,000,000"]


def test_a_quote_that_is_not_shown_says_why_and_a_second_one_confirms_it(shell: Shell) -> None:
    far = f"SPX={SPX * 1.5:.2f}"
    said = shell.done("quote", far, "--at", AT).out
    assert "not shown: SPX " in said
    assert "held back until a second one within 60 s says the same" in said
    assert shell.json("status", "--as-of", AT)["spx"]["value"] == SPX
    assert "not shown" not in shell.done("quote", far, "--at", f"{AT}:30").out
    assert shell.json("status", "--as-of", f"{AT}:30")["spx"]["value"] == float(far[4:])
    assert "not shown: SPX " in shell.done("status", "--as-of", AT).out


def test_a_late_quote_says_so_and_status_lists_it(shell: Shell) -> None:
    shell.done("quote", f"VIX={VIX}", "--at", f"{AT}:30")
    assert "came after one of" in shell.done("quote", f"VIX={VIX + 1}", "--at", AT).out
    found = shell.json("status", "--as-of", f"{AT}:45")
    assert found["vix"]["value"] == VIX
    assert "came after one of" in found["quotes_refused"][0]
    assert found["today"]["vix"] == {
        "session": "2018-03-02",
        "open": VIX,
        "high": VIX,
        "low": VIX,
        "last": VIX,
        "quotes": 1,
    }


@pytest.mark.parametrize("words", [("-", "SPX=1"), ("SPX=1", "-"), ("-", "--at", AT)])
def test_standard_input_stands_alone(shell: Shell, words: tuple[str, ...]) -> None:
    assert "leave the rest out" in shell.misused("quote", *words)


def test_words_without_equals_signs_are_a_line_too(shell: Shell) -> None:
    shell.done("quote", "SPX", str(SPX), "VIX", str(VIX), "--at", AT)
    shell.done("quote", f"SPX {SPX} VIX={VIX}", "--at", f"{AT}:10")
    assert len(stored(shell.journal)) == 4
    assert "the price is missing" in shell.misused("quote", "SPX")
    assert "is not a price" in shell.misused("quote", "SPX=1", "VIX=x")
    assert len(stored(shell.journal)) == 4


def test_no_bytes_make_a_traceback_or_stop_the_lines_after_them(shell: Shell) -> None:
    junk = b"\xff\xfe\x00\x01 \x80\nSPX \x00\n" + b"A" * 100_000 + b"\n" + f"\ufeff{AT} SPX={SPX}\r\n".encode()
    done = feed(shell.journal, junk)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "line 3: the line is longer than 4096 characters" in done.stderr
    assert [one.symbol for one in stored(shell.journal)] == ["SPX"]
    assert all(len(line) < 200 for line in done.stderr.splitlines())
