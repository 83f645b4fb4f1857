"""Does `log` hand over what was asked for, and do receipt and checker prove it?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shell import Shell


def test_entries_are_chosen_by_layer_condor_and_kind(booked: Shell) -> None:
    for words, numbers in (
        (("--layer", "1"), [3]),
        (("--layer", "1", "--layer", "2"), [3, 4]),
        (("--condor", "1"), [2, 3]),
        (("--kind", "account_stated"), [5]),
        (("--condor", "1", "--kind", "layer_opened"), [3]),
    ):
        assert [row["sequence"] for row in booked.json("log", *words)["rows"]] == numbers


def test_columns_are_chosen_in_their_order(booked: Shell) -> None:
    assert booked.done("log", "--format", "csv", "--columns", "cash, sequence", "--layer", "1").out == (
        "cash,sequence\r\n-240.00,3\r\n"
    )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--layer", "5"), "no layer 5"),
        (("--kind", "hedged"), "no kind 'hedged'"),
        (("--columns", "price,mood"), "no column 'mood'"),
        (("--from", "2018-02-01", "--to", "2018-01-01"), "before it begins"),
    ],
)
def test_what_nothing_could_meet_is_refused(booked: Shell, words: tuple[str, ...], reason: str) -> None:
    assert reason in booked.refused("log", *words)


def test_a_form_that_is_no_text_needs_a_file(booked: Shell, tmp_path: Path) -> None:
    assert "name a file with -o" in booked.misused("log", "--format", "xlsx")
    assert "name a file with -o" in booked.misused("log", "--json", "--format", "csv")
    assert "name a format" in booked.refused("log", "-o", tmp_path / "log.doc")


def test_the_name_of_a_file_tells_the_form(booked: Shell, tmp_path: Path) -> None:
    begins = {".xlsx": b"PK", ".html": b"<!DOCTYPE html>", ".md": b"# Hedge log", ".pdf": b"%PDF", ".json": b"{"}
    for suffix, begin in begins.items():
        path = tmp_path / f"log{suffix}"
        booked.done("log", "--to", "2018-02-01", "-o", path)
        assert path.read_bytes().startswith(begin)
        assert path.stat().st_mode & 0o777 == 0o600


def test_one_page_is_one_page_upright(booked: Shell, tmp_path: Path) -> None:
    for form, is_upright in (("pdf", True), ("pdf-full", False)):
        booked.done("log", "--to", "2018-02-01", "--format", form, "-o", tmp_path / "log.pdf")
        data = (tmp_path / "log.pdf").read_bytes()
        sizes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", data)
        assert all((float(width) < float(height)) is is_upright for width, height in sizes)
        assert (data.count(b"/Type /Page\n") == 1) is is_upright


def test_the_ledger_is_in_the_json(booked: Shell) -> None:
    ledger = booked.json("log", "--to", "2018-02-01")["ledger"]
    first, second, together = ledger["layers"]
    # 4 x 0.60 x 100 of the 5,200 that ten condors brought
    assert (first["premium"], first["held"], first["premium_pct_of_credit"]["value"]) == (
        "240.00",
        "240.00",
        pytest.approx(100 * 240 / 5200),
    )
    assert (second["premium"], second["fees"]) == ("0.00", "4.50")
    assert together["cash"] == "-240.00"
    assert ledger["equity"] == "100000.00"
    assert ledger["budgets"][0]["verdict"] == "within"
    early = booked.json("log", "--to", "2018-01-09")["ledger"]
    assert early["layers"][-1]["premium"] == "0.00"


def test_a_receipt_and_the_checker_prove_a_journal_elsewhere(booked: Shell, tmp_path: Path) -> None:
    receipt, checker, log = tmp_path / "receipt.json", tmp_path / "check.py", tmp_path / "log.json"
    kept = json.loads(booked.done("receipt").out)
    assert kept["sequence"] == 5
    booked.done("receipt", "-o", receipt, "--checker", checker)
    assert json.loads(receipt.read_text()) == kept
    booked.done("condor", "note", "1", "later")
    assert booked.json("verify", "--receipt", receipt)["ok"]
    booked.done("log", "-o", log)
    command = [sys.executable, "-I", str(checker), str(log), str(receipt)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (said.returncode, said.stdout) == (0, "6 entries hold: hashes, notes, rows and sums\n")


def test_a_receipt_of_another_journal_is_not_held(booked: Shell, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    kept = json.loads(booked.done("receipt").out)
    receipt.write_text(json.dumps(kept | {"hash": "ab" * 32}))
    said = booked.run("verify", "--receipt", receipt)
    assert said.code == 1
    assert "another hash than the receipt" in said.out
    receipt.write_text(json.dumps(kept | {"sequence": 99}))
    assert "entry 99 is missing" in booked.run("verify", "--receipt", receipt).out
    receipt.write_text("hello")
    assert "no JSON" in booked.refused("verify", "--receipt", receipt)


def test_no_export_is_written_over_the_journal(booked: Shell) -> None:
    for words in (("log", "--format", "csv", "-o"), ("receipt", "-o"), ("receipt", "--checker")):
        assert "is the journal" in booked.refused(*words, booked.journal)
    assert booked.json("verify")["ok"]
