"""Does every command end with 0, 1 or 2 and say in one line what was wrong, whatever it is given?"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.shell import ROOT, Shell, program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOMORROW = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT12:00")
OPEN = ("condor", "open", "--expiry", "2018-02-16", "--quantity", "1", "--at", "2018-01-10")
CONDOR = (*OPEN, "--puts", "2600/2625", "--calls", "2825/2850", "--credit", "5")
LAYER = ("layer", "open", "1", "--at", "2018-01-10")
ON_11 = ("--at", "2018-01-11")
CALL = "+1 VIX 2018-02-14 C 15 @ 0.60"


def instead(words: tuple[str, ...], option: str, value: str) -> tuple[str, ...]:
    """Return the words with the value of one option changed."""
    at = words.index(option)
    return (*words[: at + 1], value, *words[at + 2 :])


# What is given, the exit code, and what the line must name.
HOSTILE: list[tuple[tuple[str, ...], int, str]] = [
    # values that can be read and not be accepted
    (instead(CONDOR, "--credit", "nan"), 1, "--credit"),
    (instead(CONDOR, "--credit", "NaN"), 1, "--credit"),
    (instead(CONDOR, "--credit", "inf"), 1, "--credit"),
    (instead(CONDOR, "--credit", "-Infinity"), 1, "--credit"),
    (instead(CONDOR, "--credit", "1e3"), 1, "--credit"),
    (instead(CONDOR, "--credit", "5.123456789"), 1, "--credit"),
    (instead(CONDOR, "--credit", "25"), 1, "credit"),
    (instead(CONDOR, "--credit", "999999999999999"), 1, "credit"),
    (instead(CONDOR, "--quantity", "0"), 1, "quantity"),
    (instead(CONDOR, "--quantity", "-3"), 1, "quantity"),
    (instead(CONDOR, "--quantity", "1.5"), 1, "--quantity"),
    (instead(CONDOR, "--quantity", "999999999"), 1, "quantity"),
    (instead(CONDOR, "--puts", "2625/2600"), 1, "puts"),
    (instead(CONDOR, "--puts", "2625/2625"), 1, "puts"),
    (instead(CONDOR, "--calls", "2850/2825"), 1, "calls"),
    (instead(CONDOR, "--puts", "2800/2830"), 1, "calls"),
    (instead(CONDOR, "--puts", "-5/2625"), 1, "puts"),
    (instead(CONDOR, "--puts", "nan/2625"), 1, "--puts"),
    (instead(CONDOR, "--expiry", "2018-02-17"), 1, "expiry"),
    (instead(CONDOR, "--expiry", "2018-02-30"), 1, "--expiry"),
    (instead(CONDOR, "--expiry", "2018-01-05"), 1, "expiry"),
    (instead(CONDOR, "--expiry", "2190-01-05"), 1, "expiry"),
    (instead(CONDOR, "--expiry", "1066-10-14"), 1, "--expiry"),
    ((*CONDOR, "--fees", "-1"), 1, "fees"),
    ((*CONDOR, "--fees", "nan"), 1, "--fees"),
    ((*CONDOR, "--note", "x" * 20_001), 1, "note"),
    ((*CONDOR, "--note", "a\0b"), 1, "note"),
    (instead(CONDOR, "--at", TOMORROW), 1, "--at"),
    (instead(CONDOR, "--at", "2018-03-11T02:30"), 1, "skipped"),
    (instead(CONDOR, "--at", "2017-11-05T01:30"), 1, "twice"),
    (instead(CONDOR, "--at", "2018-13-01"), 1, "--at"),
    (instead(CONDOR, "--at", "1950-01-03"), 1, "--at"),
    ((*LAYER, "--leg", "+0 VIX 2018-02-14 C 15 @ 0.60"), 1, "quantity"),
    ((*LAYER, "--leg", "+1 VIX 2018-02-14 C 15 @ nan"), 1, "leg"),
    ((*LAYER, "--leg", "+1 VIX 2018-02-14 C 15 @ -1"), 1, "price"),
    ((*LAYER, "--leg", "+1 SPY 2018-02-16 C 280 @ 1"), 1, "SPY"),
    ((*LAYER, "--leg", "+1 VIX 2018-02-14 X 15 @ 1"), 1, "leg"),
    ((*LAYER, "--leg", "hello"), 1, "leg"),
    ((*LAYER, "--leg", ""), 1, "leg"),
    ((*LAYER, "--leg", "+1 VIX 2018-01-03 C 15 @ 1"), 1, "expiry"),
    ((*LAYER, "--leg", "+1 VX 2018-02-14 @ 0"), 1, "price"),
    ((*LAYER, "--leg", CALL, "--condor", "7"), 1, "condor"),
    (("layer", "open", "5", "--leg", CALL, "--at", "2018-01-10"), 1, "layer"),
    (("layer", "open", "-1", "--leg", CALL, "--at", "2018-01-10"), 1, "layer"),
    (("layer", "close", "3", "--leg", "-1 VIX 2018-02-14 C 15 @ 1"), 1, "holds nothing"),
    (("layer", "close", "1", "--leg", "-1 VIX 2018-02-14 C 15 @ 1"), 1, "condor 1"),
    (("layer", "close", "1", "--condor", "1", "--leg", "-9 VIX 2018-02-14 C 15 @ 1", *ON_11), 1, "more than"),
    (("layer", "close", "1", "--condor", "1", "--leg", CALL, *ON_11), 1, "adds to"),
    (("layer", "settle", "3"), 1, "holds nothing"),
    (("layer", "settle", "1", "--condor", "1", "--expiry", "2018-02-15"), 1, "--expiry"),
    (("layer", "settle", "1", "--condor", "1", "--at", "2018-02-14"), 1, "not imported"),
    (("layer", "settle", "1", "--condor", "1", "--value", "20", "--at", "2018-02-13"), 1, "not before"),
    (("layer", "settle", "1", "--condor", "1", "--value", "nan", "--at", "2018-02-14"), 1, "--value"),
    (("layer", "name", "2", " "), 1, "name"),
    (("layer", "note", "2", ""), 1, "text"),
    (("condor", "close", "1", "--debit", "nan"), 1, "--debit"),
    (("condor", "close", "1", "--debit", "1", "--quantity", "11", "--at", "2018-01-11"), 1, "quantity"),
    (("condor", "close", "1", "--debit", "1", "--at", "2018-01-09"), 1, "before the last fill"),
    (("condor", "close", "99", "--debit", "1"), 1, "no condor 99"),
    (("condor", "settle", "1", "--value", "2700", "--at", "2018-02-15"), 1, "not before"),
    (("condor", "settle", "1", "--at", "2018-02-16"), 1, "not imported"),
    (("condor", "settle", "7", "--value", "2700"), 1, "no condor 7"),
    (("condor", "note", "99", "hello"), 1, "no condor 99"),
    (("account", "--equity", "nan", "--cash", "1", "--notional", "1"), 1, "--equity"),
    (("account", "--equity", "1", "--cash", "1", "--notional", "0"), 1, "notional"),
    (("quote", "SPX=nan"), 1, "SPX"),
    (("quote", "SPX=inf"), 1, "SPX"),
    (("quote", "SPX=-1"), 1, "SPX"),
    (("quote", "SPX=0"), 1, "SPX"),
    (("quote", "SPX="), 2, "SPX"),
    (("quote", "=5"), 1, "symbol"),
    (("quote", "VIX=18", "SPX=abc"), 2, "SPX"),
    (("quote", "VIX=18", "--at", TOMORROW), 1, "--at"),
    (("import", "no-such-file.csv"), 1, "no-such-file.csv"),
    (("import", "."), 1, "."),
    (("import", "--as", "nothing", str(ROOT / "README.md")), 1, "README.md"),
    (("import", str(ROOT / "README.md")), 1, "README.md"),
    (("status", "--as-of", "2190-01-01"), 1, "--as-of"),
    (("status", "--as-of", "2018-02-30"), 1, "--as-of"),
    (("status", "--playbook", "no-such-playbook"), 1, "no-such-playbook"),
    (("break-evens", "99"), 1, "no condor 99"),
    (("break-evens", "1.5"), 1, "ID"),
    (("log", "--from", "2018-99-01"), 1, "--from"),
    (("log", "-o", "/nowhere/at/all/log.csv"), 1, "/nowhere"),
    # what cannot be read
    (instead(CONDOR, "--credit", "abc"), 2, "--credit"),
    (instead(CONDOR, "--credit", ""), 2, "--credit"),
    (instead(CONDOR, "--credit", "٣"), 2, "--credit"),
    (instead(CONDOR, "--quantity", "ten"), 2, "--quantity"),
    (instead(CONDOR, "--puts", "2600"), 2, "--puts"),
    (instead(CONDOR, "--puts", "2600/2625/2650"), 2, "--puts"),
    (instead(CONDOR, "--expiry", "soon"), 2, "--expiry"),
    (instead(CONDOR, "--at", "yesterday"), 2, "--at"),
    ((*CONDOR, "--root", "SPY"), 2, "--root"),
    ((*CONDOR, "--nonsense"), 2, "--nonsense"),
    ((*CONDOR, "--leg", CALL), 2, "--credit"),
    ((*CONDOR, "--id", "1"), 2, "--id"),
    (OPEN, 2, "--credit"),
    (("condor", "close", "one", "--debit", "1"), 2, "ID"),
    (("condor", "close", "1"), 2, "--debit"),
    (("condor", "close", "1", "--debit", "1", "--leg", CALL), 2, "--debit"),
    (("condor", "roll", "1", "--debit", "1"), 2, "--expiry"),
    (("condor",), 2, "ACT"),
    (("condor", "sell"), 2, "sell"),
    (("layer", "open", "1"), 2, "--leg"),
    (("layer", "open", "x", "--leg", CALL), 2, "N"),
    (("account", "--equity", "1"), 2, "--cash"),
    (("account", "--equity", "much", "--cash", "1", "--notional", "1"), 2, "--equity"),
    (("quote",), 2, "S=V"),
    (("quote", "SPX"), 2, "SPX"),
    (("import",), 2, "FILE"),
    (("status", "--as-of", "noon"), 2, "--as-of"),
    (("status", "extra"), 2, "extra"),
    (("break-evens", "first"), 2, "ID"),
    (("log", "--format", "xml"), 2, "xml"),
    (("log", "--json", "--format", "csv"), 2, "--format"),
    (("log", "--from", "soon"), 2, "--from"),
    (("dance",), 2, "dance"),
]


@pytest.mark.parametrize(
    ("words", "code", "named"), HOSTILE, ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else ""
)
def test_what_cannot_be_is_refused_in_one_line_and_leaves_the_journal_as_it_was(
    booked: Shell, words: tuple[str, ...], code: int, named: str
) -> None:
    before = _entries(booked)
    line = booked.refused(*words) if code == 1 else booked.misused(*words)
    assert named in line
    assert _entries(booked) == before


def _entries(shell: Shell) -> str:
    return hashlib.sha256(json.dumps(shell.json("log")["entries"]).encode()).hexdigest()


@pytest.mark.parametrize("words", [row[0] for row in HOSTILE if row[0][0] in {"quote", "import", "account"}][:8])
def test_a_refused_command_begins_no_journal(empty: Shell, words: tuple[str, ...]) -> None:
    assert empty.run(*words).code in {1, 2}
    assert not empty.journal.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("break-evens",),
        ("log",),
        ("verify",),
        ("condor", "list"),
        ("layer", "list"),
        ("status", "--json"),
    ],
)
def test_looking_at_no_journal_says_what_to_do_and_makes_none(empty: Shell, words: tuple[str, ...]) -> None:
    assert f"there is no journal at {empty.journal}: import market files" in empty.refused(*words)
    assert not empty.journal.exists()


def test_what_is_no_journal_is_told_from_a_missing_one(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("dear diary\n" * 100)
    assert "is not a journal" in Shell(text).refused("status")
    assert "is a folder" in Shell(tmp_path).refused("status")
    assert text.read_text().startswith("dear diary")
    blank = tmp_path / "blank.db"
    blank.touch()
    assert "is not a journal" in Shell(blank).refused("quote", "SPX=2700")


def test_a_journal_that_another_holds_is_refused(shell: Shell) -> None:
    from db.lock import hold_journal

    with hold_journal(shell.journal):
        assert "is in use by" in shell.refused("quote", "SPX=2700")
    shell.done("quote", "SPX=2700")


def test_negative_values_are_values_and_not_options(shell: Shell) -> None:
    shell.done(*instead(CONDOR, "--credit", "-1.5"))
    shell.done(*LAYER, "--leg", "-1 VIX 2018-02-14 C 25 @ 0.20")
    assert [row["cash"] for row in shell.json("log")["rows"]][1:] == ["-150.00", "20.00"]


def test_options_stand_before_or_after_the_command(shell: Shell) -> None:
    first = program("--journal", shell.journal, "--json", "verify")
    second = program("verify", "--json", "--journal", shell.journal)
    assert (first.returncode, first.stdout) == (0, second.stdout)


@pytest.mark.parametrize(
    "words", [("--help",), ("status", "--help"), ("condor", "open", "--help"), ("--version",)]
)
def test_help_is_an_answer(empty: Shell, words: tuple[str, ...]) -> None:
    said = empty.run(*words)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(("usage: condor-watch", "condor-watch"))


def test_as_a_program_the_codes_are_the_same(shell: Shell) -> None:
    for words, code in ((("verify",), 0), (instead(CONDOR, "--credit", "nan"), 1), (("dance",), 2)):
        ended = program("--journal", shell.journal, *words)
        assert ended.returncode == code
        assert (ended.stdout != "") is (code == 0)
        assert ended.stderr.count("\n") == (code != 0)


def test_a_reader_who_leaves_early_is_no_error(shell: Shell) -> None:
    command = [sys.executable, "-m", "cli", "--journal", str(shell.journal), "status", "--json"]
    writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.read(1)
    writer.stdout.close()
    complaint = writer.stderr.read()
    writer.stderr.close()
    assert writer.wait(60) == 0
    assert complaint == ""


def test_an_error_of_ours_is_one_line_and_a_report(
    booked: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("made to fail")

    monkeypatch.setattr("cli.look.evaluate", broken)
    said = booked.run("status")
    report = home / "state/condor-watch/condor-watch.log"
    assert (said.code, said.out) == (1, "")
    expected = (
        f"condor-watch: an error of the program, ZeroDivisionError: made to fail; the report is in {report}\n"
    )
    assert said.err == expected
    assert "Traceback" in report.read_text()
    assert report.stat().st_mode & 0o777 == 0o600


def test_an_interrupt_is_no_traceback(booked: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.look.evaluate", interrupted)
    assert (booked.run("status").code, booked.run("status").err) == (130, "condor-watch: interrupted\n")


def test_the_time_of_status_is_reported(booked: Shell, record_property: Callable[[str, object], None]) -> None:
    """What a machine under load needs says nothing about the program: only told in the report, not judged."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        assert program("--journal", booked.journal, "status").returncode == 0
        took.append(time.perf_counter() - start)
    record_property("seconds of status on a stored journal, best of 3", round(min(took), 3))


def test_status_loads_no_heavy_library(booked: Shell) -> None:
    script = (
        "import sys; from cli.main import main; "
        f"main(['--journal', {str(booked.journal)!r}, 'status', '--as-of', '2018-02-01']); "
        "print([name for name in ('pandas', 'sqlite_utils', 'exchange_calendars', 'PySide6') "
        "if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_every_line_of_the_help_is_in_the_manual() -> None:
    manual = (ROOT / "docs/cli.md").read_text("utf-8")
    spoken = program("--help").stdout + program("condor", "--help").stdout + program("layer", "--help").stdout
    for command in re.findall(r"^    ([a-z-]+)", spoken, re.MULTILINE):
        assert command in manual
