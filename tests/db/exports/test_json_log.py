"""Does the JSON hold what a stranger needs, and does the stand-alone checker find every change?"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from core.journal.log_choice import log_choice
from db.exports.formats import LogFormat
from db.exports.receipts import checker_text
from resources import check_journal
from tests.db.exports.handed import NOTE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.db.exports.handed import Handed

EDITS = 300
Log = dict[str, Any]


@pytest.fixture
def log(handed: Handed) -> Log:
    found: Log = json.loads(handed.text(LogFormat.JSON))
    return found


def faults(log: Log) -> list[str]:
    return list(check_journal.faults_of(log))


def test_money_is_exact_text_and_the_note_is_whole(log: Log) -> None:
    assert log["rows"][2]["cash"] == "-480.00"
    assert log["rows"][-1]["note"] == NOTE
    assert (log["entries"], log["is_whole"], log["receipt"]["sequence"]) == (15, True, 15)


def test_the_checker_stands_alone(handed: Handed, tmp_path: Path) -> None:
    """A folder with the file and the checker is enough: no package of this program is found from there."""
    (tmp_path / "check.py").write_text(checker_text(), encoding="utf-8")
    (tmp_path / "log.json").write_text(handed.text(LogFormat.JSON), encoding="utf-8")
    command = [sys.executable, "-I", "-S", "check.py", "log.json"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (said.returncode, said.stdout) == (0, "15 entries hold: hashes, notes, rows and sums\n"), said
    (tmp_path / "log.json").write_text(handed.text(LogFormat.JSON).replace("-480.00", "-479.00"), encoding="utf-8")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60).returncode == 1
    (tmp_path / "log.json").write_text("[]", encoding="utf-8")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60).returncode == 2


def test_a_selection_proves_its_entries_and_says_so(
    handed: Handed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = handed.text(LogFormat.JSON, log_choice(layers=[1]))
    found = json.loads(text)
    assert faults(found) == []
    assert {entry["seq"] for entry in found["chain"]} == {row["sequence"] for row in found["rows"]}
    assert "watch CPI" not in text  # a note of what was left out does not leave
    (tmp_path / "part.json").write_text(text, encoding="utf-8")
    assert check_journal.main([str(tmp_path / "part.json")]) == 0
    assert "what was left out is not proved" in capsys.readouterr().out


def test_an_erased_note_is_no_fault(handed: Handed) -> None:
    handed.ledger.connection.execute("DELETE FROM note WHERE text = ?", (NOTE,))
    assert faults(json.loads(handed.text(LogFormat.JSON))) == []


def test_a_receipt_shows_that_all_was_written_anew(log: Log) -> None:
    kept = {"sequence": 9, "hash": log["chain"][8]["hash"]}
    assert list(check_journal.receipt_faults(log, kept)) == []
    rewritten = _rewritten(log)
    assert faults(rewritten) == []  # a chain that was made anew is a chain: only the receipt tells
    assert "another hash than the receipt" in next(iter(check_journal.receipt_faults(rewritten, kept)))
    assert "is not in this log" in next(iter(check_journal.receipt_faults(log, kept | {"sequence": 99})))


def _rewritten(log: Log) -> Log:
    """Return the log as its owner could forge it: another amount, every hash from there on computed anew."""
    forged: Log = json.loads(json.dumps(log))
    forged["chain"][4]["recorded_at"] = "2018-01-10T23:59:59Z"
    forged["rows"][4]["time"] = "2018-01-10T23:59:59Z"
    before = forged["chain"][3]["hash"]
    for entry, row in zip(forged["chain"][4:], forged["rows"][4:], strict=True):
        entry["prev"] = before
        entry["hash"] = before = row["entry_hash"] = check_journal.entry_hash(entry)
    forged["receipt"]["hash"] = before
    return forged


def test_three_hundred_edits_are_all_found(log: Log) -> None:
    """Fields changed, entries deleted, doubled, swapped, the tail cut, notes and sums changed (seeded)."""
    chance = random.Random(20180205)
    whole = json.dumps(log)
    for number in range(EDITS):
        edited: Log = json.loads(whole)
        edit = chance.choice(EDITS_OF)
        edit(edited, chance)
        if json.dumps(edited) == whole:
            continue
        assert faults(edited), (number, edit.__name__)


def _change_field(log: Log, chance: random.Random) -> None:
    entry = chance.choice(log["chain"])
    name = chance.choice(sorted(entry))
    value = entry[name]
    entry[name] = value + 1 if isinstance(value, int) else f"{value or ''}0"


def _delete(log: Log, chance: random.Random) -> None:
    at = chance.randrange(len(log["chain"]))
    del log["chain"][at], log["rows"][at]


def _double(log: Log, chance: random.Random) -> None:
    at = chance.randrange(len(log["chain"]))
    log["chain"].insert(at, log["chain"][at])
    log["rows"].insert(at, log["rows"][at])


def _swap(log: Log, chance: random.Random) -> None:
    one, other = chance.sample(range(len(log["chain"])), 2)
    for part in ("chain", "rows"):
        log[part][one], log[part][other] = log[part][other], log[part][one]


def _cut(log: Log, chance: random.Random) -> None:
    at = chance.randrange(1, len(log["chain"]))
    log["chain"], log["rows"] = log["chain"][:at], log["rows"][:at]
    log["notes"] = [note for note in log["notes"] if note["seq"] <= at]


def _change_note(log: Log, chance: random.Random) -> None:
    chance.choice(log["notes"])["text"] += "!"


def _change_row(log: Log, chance: random.Random) -> None:
    row = chance.choice(log["rows"])
    name = chance.choice(["sequence", "kind", "time", "event_time", "layer", "condor", "cash", "fees", "note"])
    row[name] = "1.00" if name in ("cash", "fees") else f"{row[name]}0"


def _change_sum(log: Log, chance: random.Random) -> None:
    one = chance.choice(log["totals"])
    one[chance.choice(["cash", "fees"])] += "1"


EDITS_OF: tuple[Callable[[Log, random.Random], None], ...] = (
    _change_field,
    _delete,
    _double,
    _swap,
    _cut,
    _change_note,
    _change_row,
    _change_sum,
)
