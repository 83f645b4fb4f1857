"""Do status, break-evens, log and verify answer what the journal holds, as of any moment, as text and as JSON?"""

from __future__ import annotations

import csv
import io
import itertools
import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.cli.shell import Shell, sessions, values

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (
    "sequence time event_time kind layer condor what quantity price cash fees spx vix edr rung playbook_hash note "
    "entry_hash"
)
KEYS = (
    "as_of simulated playbook spx vix edr ladder vix_indicators spx_indicators breadth curve layers condors book "
    "alerts unknown"
)
COMMANDS = [
    ("status",),
    ("break-evens",),
    ("break-evens", "1"),
    ("log",),
    ("verify",),
    ("condor", "list"),
    ("layer", "list"),
    ("quote", "SPX=2700", "--at", "2018-02-01T12:00"),
    ("condor", "note", "1", "hello"),
    ("layer", "note", "2", "hello"),
    ("layer", "name", "2", "middle"),
    ("account", "--equity", "1", "--cash", "1", "--notional", "1"),
    ("layer", "open", "3", "--leg", "+1 VIX 2018-03-21 C 30 @ 0.50", "--at", "2018-01-12"),
    (
        "layer",
        "roll",
        "2",
        "--close",
        "-1 VX 2018-03-21 @ 12",
        "--leg",
        "+1 VX 2018-04-18 @ 13",
        "--at",
        "2018-01-12",
    ),
    ("layer", "close", "2", "--leg", "-1 VX 2018-03-21 @ 12", "--at", "2018-01-12"),
    ("layer", "settle", "1", "--condor", "1", "--value", "20", "--at", "2018-02-14"),
    ("condor", "close", "1", "--debit", "1", "--quantity", "2", "--at", "2018-01-12"),
    ("condor", "settle", "1", "--value", "2700", "--at", "2018-02-16"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_prints_one_json_document(booked: Shell, words: tuple[str, ...]) -> None:
    assert isinstance(booked.json(*words), dict)
    assert booked.json("verify")["ok"]


def test_status_has_the_keys_of_the_manual(booked: Shell) -> None:
    found = booked.json("status", "--as-of", "2018-02-01")
    assert set(KEYS.split()) <= set(found)
    assert found["as_of"] == "2018-02-02T04:59:59Z"  # the end of that day in New York
    closed = sessions().index("2018-02-01")
    assert (found["spx"]["value"], found["vix"]["value"]) == (values()["SPX"][closed], values()["VIX"][closed])
    assert found["spx"]["time"] == "2018-02-01T21:00:00Z"
    assert found["curve"]["vx1"] == values()["VX1"][closed]


def test_a_date_means_after_its_close_and_a_time_is_new_york(booked: Shell) -> None:
    spx = dict(zip(sessions(), values()["SPX"], strict=True))
    for text, day in (
        ("2018-02-01", "2018-02-01"),
        ("2018-02-01T15:59", "2018-01-31"),
        ("2018-02-01T16:00", "2018-02-01"),
        ("2018-02-01T20:59:59Z", "2018-01-31"),
        ("2018-02-01T21:00:00Z", "2018-02-01"),
        ("2018-02-03", "2018-02-02"),  # a Saturday
        ("2017-11-24T13:00", "2017-11-24"),  # half a day
    ):
        assert booked.json("status", "--as-of", text)["spx"]["value"] == spx[day], text


def test_before_it_was_opened_a_position_is_not_seen(booked: Shell) -> None:
    before, after = booked.json("status", "--as-of", "2018-01-09"), booked.json("status", "--as-of", "2018-01-10")
    assert before["condors"] == []
    assert [layer["position"] for layer in before["layers"]] == ["none"] * 4
    assert [condor["id"] for condor in after["condors"]] == [1]
    assert [layer["position"] for layer in after["layers"]] == ["live", "live", "none", "none"]
    assert "no condor 1 is open" in booked.refused("break-evens", "1", "--as-of", "2018-01-09")


@pytest.mark.playbook("000-32")
def test_status_as_text_has_every_part(booked: Shell) -> None:
    said = booked.done("status", "--as-of", "2018-02-01").out
    for told in (
        "as of    2018-02-01 23:59 New York   playbook composite",
        "formula A",
        "layer 1  L1 inner: ",
        "+4 VIX 2018-02-14 C 15: break-even VIX 15.60 points",
        "+2 VX 2018-03-21: break-even VIX 12.50 points",
        "condor 1  10 x SPX 2018-02-16: open, 15 days to expiry",
        "cash $5,200.00, fees $52.00",
        "break-evens bare   2,619.85  2,830.15",
        "For record and study",
    ):
        assert told in said
    assert "\ue000" not in said


def test_each_reason_is_told_once(booked: Shell) -> None:
    said = booked.done("status", "--as-of", "2018-06-01").out
    reason = "SPX: last close 2018-03-01, the session of 2018-06-01 has closed since and is missing"
    assert said.count(f"({reason})") == 1
    assert said.count("unknown") > 8


def test_break_evens_of_a_condor_and_of_the_book(booked: Shell) -> None:
    one, book = (booked.json("break-evens", *words, "--as-of", "2018-02-01") for words in (("1",), ()))
    assert one["bare"]["points"] == pytest.approx([2625 - 5.148, 2825 + 5.148])
    assert one["bare"]["min_profit"] == pytest.approx(-(25_000 - 5_148))
    # its own calls cost 240 and are far out of the money above the body
    assert one["hedged"]["points"][-1] == pytest.approx(2825 + (5148 - 240) / 1000)
    assert book["book"]["points"] != one["hedged"]["points"]
    assert book["book"]["horizon"] == "2018-02-16"
    for found in (one["bare"], one["hedged"], book["book"]):
        kinds = [zone["kind"] for zone in found["zones"]]
        assert len(kinds) == len(found["points"]) + 1
        assert all(a != b for a, b in itertools.pairwise(kinds))
    said = booked.done("break-evens", "1", "--as-of", "2018-02-01").out
    assert "condor 1 at 2018-02-16" in said
    assert "bare    2,619.85  2,830.15" in said
    assert "low VIX response" in said
    assert "path-dependent: +4 VIX 2018-02-14 C 15" in said


def test_a_closed_book_has_nothing_to_break_even(shell: Shell) -> None:
    assert shell.done("break-evens").out == (
        "the whole book\nhedged  unknown (no condor is open, so there is no expiry to look at)\n"
    )


def test_the_log_has_the_columns_in_their_order(booked: Shell) -> None:
    text = booked.done("log", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == COLUMNS.split()
    assert [row["kind"] for row in rows] == [
        "journal_created",
        "condor_opened",
        "layer_opened",
        "layer_opened",
        "account_stated",
    ]
    opened = rows[1]
    assert (opened["quantity"], opened["price"], opened["cash"], opened["fees"]) == (
        "10",
        "5.20",
        "5200.00",
        "52.00",
    )
    assert opened["event_time"] == "2018-01-10T15:00:00Z"
    closed = sessions().index("2018-01-09")
    assert (float(opened["spx"]), float(opened["vix"])) == (values()["SPX"][closed], values()["VIX"][closed])
    assert booked.json("log")["columns"] == COLUMNS.split()


def test_the_sums_of_the_log_are_exact(booked: Shell) -> None:
    booked.done(
        "condor", "close", "1", "--debit", "0.15", "--quantity", "3", "--fees", "0.07", "--at", "2018-01-20T10:00Z"
    )
    rows = list(csv.DictReader(io.StringIO(booked.done("log", "--format", "csv").out)))
    cash = sum((Decimal(row["cash"]) for row in rows if row["cash"]), Decimal(0))
    fees = sum((Decimal(row["fees"]) for row in rows if row["fees"]), Decimal(0))
    # 10 x 5.20 x 100 - 4 x 0.60 x 100 - 3 x 0.15 x 100; a future moves no cash when it is opened
    assert (cash, fees) == (Decimal("4915.00"), Decimal("56.57"))


def test_the_log_is_cut_by_days_of_the_event(booked: Shell) -> None:
    booked.done("condor", "note", "1", "early", "--at", "2018-01-05")
    kinds = [row["kind"] for row in booked.json("log", "--from", "2018-01-05", "--to", "2018-01-09")["rows"]]
    assert kinds == ["note_written"]
    assert len(booked.json("log", "--to", "2018-12-31")["rows"]) == 5
    assert booked.json("log", "--from", "2018-02-01", "--to", "2018-02-02")["rows"] == []
    assert booked.done("log", "--from", "2018-02-01", "--to", "2018-02-02").out == "no entry is meant\n"


@pytest.mark.parametrize(
    ("name", "words", "kind"),
    [
        ("log.csv", (), "csv-sheet"),
        ("log.json", (), "json"),
        ("log", ("--format", "json"), "json"),
        ("l.txt", ("--format", "csv"), "csv"),
    ],
)
def test_the_log_goes_to_a_file_of_the_owner(
    booked: Shell, tmp_path: Path, name: str, words: tuple[str, ...], kind: str
) -> None:
    path = tmp_path / name
    assert booked.done("log", "-o", path, *words).out == f"5 rows written to {path}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text()
    rows = json.loads(text)["rows"] if kind == "json" else list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 5
    assert booked.json("log", "-o", path, *words) == {"file": str(path), "format": kind, "rows": 5}


def test_text_that_a_spreadsheet_would_run_is_guarded(booked: Shell) -> None:
    booked.done("condor", "note", "1", "=1+1")
    assert booked.json("log")["rows"][-1]["note"] == "=1+1"
    for form, written in (("csv", "=1+1"), ("csv-sheet", "'=1+1")):
        rows = list(csv.DictReader(io.StringIO(booked.done("log", "--format", form).out)))
        assert rows[-1]["note"] == written


def test_verify_says_where_the_chain_breaks(booked: Shell) -> None:
    assert booked.json("verify")["entries"] == 5
    said = booked.done("verify").out
    assert said.startswith("5 entries, chain and tables agree; head 5 ")
    with closing(sqlite3.connect(booked.journal)) as connection, connection:
        found = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'"
        )
        for (name,) in found.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE journal_entry SET body = replace(body, '520000000', '530000000') WHERE seq = 2")
    broken = booked.run("verify")
    assert broken.code == 1
    assert "first bad entry: 2" in broken.out
    assert booked.run("verify", "--json").json["first_bad_seq"] == 2
