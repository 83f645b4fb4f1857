"""Do files come in whole, once, with every fate shown first, and do quotes count at once?"""

from __future__ import annotations

import math
import statistics
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.cli.shell import SESSIONS, Shell, market_files, sessions, values

if TYPE_CHECKING:
    from pathlib import Path

NOON = "2018-03-01T12:00"  # of the last session


def cut(path: Path, rows: int) -> Path:
    """Keep only the first rows of a file under its header."""
    lines = path.read_text().splitlines()
    path.write_text("\n".join(lines[: rows + 1]) + "\n")
    return path


def test_every_file_says_what_it_is_and_what_it_brought(empty: Shell, tmp_path: Path) -> None:
    reports = empty.json("import", *market_files(tmp_path / "files"))["files"]
    named = [(one["layout"], one["symbol"], one["symbol_from"], one["result"]["new"]) for one in reports]
    assert named[0][1:] == ("SPX", "file name", SESSIONS)
    assert [row[1] for row in named[1:3]] == ["VIX", "VIX9D"]
    assert named[3][2:] == ("layout", 8 * SESSIONS)
    assert named[4][1:] == ("NYSE", "file name", SESSIONS)
    assert all(one["counts"]["taken"] == one["rows"] == SESSIONS for one in reports)
    assert all(one["written"] for one in reports)


def test_a_second_import_adds_nothing(shell: Shell, tmp_path: Path) -> None:
    files = market_files(tmp_path / "files")
    before = shell.json("status", "--as-of", "2018-02-05")
    again = shell.json("import", *files)["files"]
    assert [(one["result"]["new"], one["result"]["changed"]) for one in again] == [(0, 0)] * 5
    assert not any(one["written"] for one in again)
    assert shell.json("status", "--as-of", "2018-02-05") == before
    assert "0 rows new" in shell.done("import", files[0]).out


def test_a_longer_file_adds_what_is_new(empty: Shell, tmp_path: Path) -> None:
    files = market_files(tmp_path / "files")
    short = cut(market_files(tmp_path / "short")[0], 100)
    assert empty.json("import", short)["files"][0]["result"]["new"] == 100
    longer = empty.json("import", files[0])["files"][0]["result"]
    assert (longer["new"], longer["same"], longer["changed"]) == (SESSIONS - 100, 100, 0)


def test_a_dry_run_shows_every_fate_and_makes_nothing(empty: Shell, tmp_path: Path) -> None:
    file = market_files(tmp_path / "files")[1]
    rows = file.read_text().splitlines()
    rows[1] = rows[1].replace(rows[1].split(",")[1], "99", 1)  # an open above the high
    rows += ["01/01/2018,10,11,9,10", "03/02/2018,.,.,.,.", "05/06/2018,10,11,9,10"]
    file.write_text("\n".join(rows) + "\n")
    said = empty.done("import", "--dry-run", file)
    assert not empty.journal.exists()
    for told in (
        f"{SESSIONS + 3} rows",
        "1 flagged",
        "2 set aside",
        f"line {SESSIONS + 2} 2018-01-01 set aside:",
    ):
        assert told in said.out
    (report,) = empty.json("import", "--dry-run", file)["files"]
    assert not report["written"]
    assert len(report["fates"]) == 4
    assert {fate["fate"] for fate in report["fates"]} == {"flagged", "set_aside", "missing"}


def test_a_dry_run_on_a_journal_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    file = market_files(tmp_path / "files")[0]
    text = file.read_text().replace("2018-02-05,", "2018-02-05,9", 1)
    file.write_text(text)
    before = shell.json("status", "--as-of", "2018-02-05")
    (report,) = shell.json("import", "--dry-run", file)["files"]
    assert not report["written"]
    assert report["counts"]["taken"] + report["counts"]["flagged"] == SESSIONS
    assert shell.json("status", "--as-of", "2018-02-05") == before


def test_a_row_that_cannot_be_read_refuses_all_files_unless_skipped(empty: Shell, tmp_path: Path) -> None:
    files = market_files(tmp_path / "files")
    files[1].write_text(files[1].read_text() + "03/02/2018,10,11,9,eleven\n")
    line = empty.refused("import", *files)
    assert "VIX_History.csv: 1 row cannot be read" in line
    assert f"line {SESSIONS + 2}" in line
    assert "nothing was written" in line
    assert not empty.journal.exists()
    reports = empty.json("import", "--skip-refused", *files)["files"]
    assert reports[1]["counts"]["refused"] == 1
    assert empty.json("status", "--as-of", "2018-02-05")["vix"]["value"] == values()["VIX"][_at("2018-02-05")]


def _at(day: str) -> int:
    return sessions().index(day)


def test_a_stored_day_stays_unless_it_is_to_be_replaced(shell: Shell, tmp_path: Path) -> None:
    file = market_files(tmp_path / "files")[1]
    old = values()["VIX"][_at("2018-02-05")]
    file.write_text(file.read_text().replace(f"02/05/2018,{old},{old},{old},{old}", "02/05/2018,50,50,50,50"))
    kept = shell.done("import", file)
    assert "1 differ from what is stored: kept as stored" in kept.out
    assert shell.json("status", "--as-of", "2018-02-05")["vix"]["value"] == old
    assert "replaced" in shell.done("import", "--replace", file).out
    assert shell.json("status", "--as-of", "2018-02-05")["vix"]["value"] == 50


def test_the_symbol_that_is_given_wins_and_one_is_needed(empty: Shell, tmp_path: Path) -> None:
    file = market_files(tmp_path / "files")[0]
    nameless = file.rename(file.with_name("download.csv"))
    assert "--symbol" in empty.refused("import", nameless)
    assert empty.json("import", "--symbol", "spx", nameless)["files"][0]["symbol_from"] == "given"
    assert empty.json("status", "--as-of", "2018-02-05")["spx"]["value"] == values()["SPX"][_at("2018-02-05")]


def test_a_layout_can_be_named_and_a_wrong_one_is_refused(empty: Shell, tmp_path: Path) -> None:
    files = market_files(tmp_path / "files")
    layout = empty.json("import", "--dry-run", files[1])["files"][0]["layout"]
    assert empty.json("import", "--as", layout, files[1])["files"][0]["layout"] == layout
    assert "breadth_nyse.csv" in empty.refused("import", "--as", layout, files[4])


def test_quotes_count_at_once_and_the_last_one_wins(shell: Shell) -> None:
    spx, vix, vix9d = (values()[name][-2] for name in ("SPX", "VIX", "VIX9D"))
    shell.done("quote", "SPX=2000", "--at", "2018-03-01T11:58")
    quoted = shell.json("quote", "SPX=2700.5", "vix=19.25", "--at", NOON)["quotes"]
    assert [(one["symbol"], one["value"], one["time"]) for one in quoted] == [
        ("SPX", 2700.5, "2018-03-01T17:00:00Z"),
        ("VIX", 19.25, "2018-03-01T17:00:00Z"),
    ]
    found = shell.json("status", "--as-of", NOON)
    assert (found["spx"]["value"], found["vix"]["value"]) == (2700.5, 19.25)
    closes = [*values()["SPX"][-22:-1], 2700.5]
    hv = statistics.stdev(math.log(b / a) for a, b in pairwise(closes[-21:])) * math.sqrt(252) * 100
    edr = (0.6 * 19.25 * vix9d / vix + 0.4 * hv) / math.sqrt(252)
    assert found["edr"]["value_pct"] == pytest.approx(edr, rel=1e-12)
    assert "the daily ratio of 2018-02-28" in found["edr"]["note"]
    assert shell.json("status", "--as-of", "2018-03-01T11:57")["spx"]["value"] == spx


def test_a_quote_that_is_not_used_says_so(shell: Shell) -> None:
    assert "only SPX, VIX, VIX9D and VX1 to VX8 are used" in shell.done("quote", "SPY=270", "--at", NOON).out
    assert "used" not in shell.done("quote", "SPX=2700", "--at", NOON).out


def test_a_quote_alone_begins_a_journal_and_says_so(empty: Shell) -> None:
    said = empty.done("quote", "VIX=18.4")
    assert said.err == f"condor-watch: began a new journal at {empty.journal}\n"
    assert said.out.startswith("VIX 18.4 at ")
    found = empty.json("status")
    assert found["vix"]["value"] == 18.4
    assert found["unknown"]["edr.value_pct"] == "SPX: nothing imported or quoted by then"
    assert empty.journal.stat().st_mode & 0o777 == 0o600
