"""Does a command work on the journal, playbook and settings that were asked for, and on no others?"""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.journal_store import create_journal
from tests.cli.shell import Shell, program

if TYPE_CHECKING:
    from pathlib import Path


def settings(home: Path, **values: object) -> None:
    folder = home / "config/condor-watch"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text(json.dumps(values).replace("__", "."))


def test_without_a_path_the_journal_is_the_users_own(home: Path) -> None:
    assert program("quote", "VIX=18").returncode == 0
    journal = home / "data/condor-watch/journal.db"
    assert journal.stat().st_mode & 0o777 == 0o600
    assert journal.parent.stat().st_mode & 0o777 == 0o700


def test_a_playbook_is_chosen_by_name_or_file(booked: Shell, tmp_path: Path) -> None:
    assert booked.json("status")["playbook"]["name"] == "composite"
    assert booked.json("status", "--playbook", "000-ladder")["playbook"]["name"] == "000-ladder"
    own = tmp_path / "own.toml"
    own.write_text(
        '[parameters]\nedr.formula = "B"\n' + "".join(f'[layers.{n}]\narm = "edr_rung"\n' for n in range(1, 5))
    )
    found = booked.json("status", "--playbook", str(own), "--as-of", "2018-02-01")
    assert found["playbook"]["name"] == "own"
    assert found["edr"]["value_pct"] == found["vix"]["value"] / 252**0.5
    own.write_text(own.read_text().replace("edr.formula", "edr.nonsense"))
    assert "nonsense" in booked.refused("status", "--playbook", str(own))


def test_settings_set_the_formula_and_the_ages(booked: Shell, home: Path) -> None:
    settings(home, playbook__edr_formula="B", ages__unknown_s=60)
    found = booked.json("status", "--as-of", "2018-02-01")
    assert found["edr"]["formula"] == "B"
    booked.done("quote", "SPX=2700", "--at", "2018-02-01T12:00")
    assert booked.json("status", "--as-of", "2018-02-01T12:00:59")["spx"]["value"] == 2700
    stale = booked.json("status", "--as-of", "2018-02-01T12:01:01")
    assert stale["spx"]["value"] is None
    assert stale["unknown"]["spx.value"] == "SPX: last quote 1 min old in session"


def test_broken_settings_are_refused_and_not_taken_for_a_first_run(booked: Shell, home: Path) -> None:
    settings(home, ages__unknown_s=-5)
    assert "ages.unknown_s: -5 is outside" in booked.refused("status")
    (home / "config/condor-watch/settings.json").write_text("{")
    assert "the settings cannot be read" in booked.refused("status")


def test_a_simulated_journal_says_so_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    with closing(create_journal(path, datetime(2018, 1, 2, tzinfo=UTC), is_simulated=True)):
        pass
    shell = Shell(path)
    assert shell.done("log").out.startswith("SIMULATED")
    assert shell.json("log")["simulated"]
    rows = list(csv.DictReader(io.StringIO(shell.done("log", "--format", "csv").out)))
    assert [row["simulated"] for row in rows] == ["SIMULATED - not real prices, not real trades"]
    for words in (("break-evens",), ("condor", "list"), ("layer", "list"), ("status",)):
        assert shell.done(*words).out.startswith("SIMULATED"), words
        assert shell.json(*words)["simulated"] is True, words
