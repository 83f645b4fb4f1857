"""One owner of the journal: commands of other processes reach the window that has it, and it shows the result."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.connection import connect_reader
from db.journal_read import load_entries
from db.market_store import load_quotes
from db.owner import listening_address
from db.verify import verify
from tests.flow.open_window import ROOT, WAIT_S, OpenWindow, environment_in
from tests.gui.market_files import filled_journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="cw-") as runtime:
        yield environment_in(tmp_path, Path(runtime))


@pytest.fixture
def window(tmp_path: Path, environment: dict[str, str]) -> Iterator[OpenWindow]:
    with OpenWindow(filled_journal(tmp_path / "journal.db"), environment) as window:
        window.until_listening()
        yield window


def stored(window: OpenWindow) -> list[tuple[str, float]]:
    with closing(connect_reader(window.journal)) as connection:
        return [(quote.symbol, quote.value) for quote in load_quotes(connection)]


def test_a_quote_given_by_command_is_shown_by_the_window_and_stored_once(window: OpenWindow) -> None:
    done = window.run("quote", "SPX=5012.3", "VIX=18.4")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split(" at ")[0] for line in done.stdout.splitlines()] == ["SPX 5012.3", "VIX 18.4"]
    event = window.until(lambda event: event.get("spx") == 5012.3)
    assert event["vix"] == 18.4
    assert event["changed"] == ["quotes"]
    assert sorted(stored(window)) == [("SPX", 5012.3), ("VIX", 18.4)]


def test_json_errors_and_exit_codes_are_those_of_the_command(window: OpenWindow) -> None:
    assert json.loads(window.run("--json", "quote", "VIX=18.4").stdout)["quotes"][0]["value"] == 18.4
    refused = window.run("quote", "VIX=nan")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("condor-watch: refused: VIX: 'nan' is not a price")
    event = window.until(lambda event: event.get("refused"))
    assert event["refused"] == [refused.stderr.strip().removeprefix("condor-watch: refused: ")]
    assert window.run("quote", "VIX").returncode == window.run("quote", "VIX=abc").returncode == 2
    assert window.run("condor", "close", "7", "--debit", "1").returncode == 1
    assert stored(window) == [("VIX", 18.4)]


def test_a_position_entered_by_command_is_in_the_books_of_both(window: OpenWindow) -> None:
    window.run("quote", "SPX=2800", "VIX=18")
    wings = ("--puts", "2600/2625", "--calls", "2950/2975", "--expiry", "2028-01-21")
    done = window.run("condor", "open", "--quantity", "1", "--credit", "5", *wings)
    assert (done.returncode, done.stderr) == (0, "")
    event = window.until(lambda event: event.get("condors") == [1])
    assert event["log"] == 2
    layer = window.run("layer", "open", "1", "--leg", "+2 VIX 2027-12-22 C 25 @ 1.20", "--condor", "1")
    assert (layer.returncode, layer.stderr) == (0, "")
    window.until(lambda event: event.get("log") == 3)
    assert "condor 1" in window.run("condor", "list").stdout
    with closing(connect_reader(window.journal)) as connection:
        entries = load_entries(connection)
        assert [entry.kind for entry in entries][1:] == ["condor_opened", "layer_opened"]
        assert entries[1].stamp.spx == 2800
        assert verify(connection).ok


def test_a_file_is_imported_from_where_the_command_was_typed(window: OpenWindow, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "VVIX_History.csv").write_text("DATE,VVIX\n02/01/2018,95.5\n", encoding="utf-8")
    before = next(event for event in window.events if "painted" in event)
    done = window.run("import", "VVIX_History.csv", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "VVIX_History.csv: cboe-index, VVIX" in done.stdout
    window.until(lambda event: "past" in event.get("changed", ()), after=window.events.index(before))
    missing = window.run("import", "nothing.csv", cwd=folder)
    assert missing.returncode == 1
    assert "nothing.csv" in missing.stderr


def test_lines_from_standard_input_go_to_the_window_one_by_one(window: OpenWindow) -> None:
    done = window.run("quote", "-", stdin="VIX 17\n\nVIX x SPX 2800\nVIX 18\n")
    assert done.returncode == 1
    assert done.stderr == "condor-watch: line 3: VIX: 'x' is not a price: write digits with a point, like 18.40\n"
    window.until(lambda event: event.get("vix") == 18.0)
    assert [value for symbol, value in stored(window) if symbol == "VIX"] == [17.0, 18.0]


def test_lines_go_on_when_the_window_opens_and_closes_meanwhile(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    journal = filled_journal(tmp_path / "journal.db")
    command = [sys.executable, "-m", "cli", "--journal", str(journal), "quote", "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as feed:

        def give(value: float) -> None:
            assert feed.stdin is not None
            assert feed.stdout is not None
            feed.stdin.write(f"VIX {value}\n")
            feed.stdin.flush()
            assert feed.stdout.readline().startswith(f"VIX {value} at ")

        give(17.5)
        with OpenWindow(journal, environment) as window:
            window.until_listening()
            give(18.5)
            window.until(lambda event: event.get("vix") == 18.5)
        give(19.5)
        assert feed.communicate("", timeout=WAIT_S)[1] == ""
    assert stored(window) == [("VIX", 17.5), ("VIX", 18.5), ("VIX", 19.5)]


def test_looking_needs_no_owner_and_disturbs_none(window: OpenWindow) -> None:
    told = len(window.events)
    for words in (("status",), ("log",), ("verify",), ("break-evens",), ("data", "check")):
        assert window.run(*words).returncode == 0, words
    window.run("quote", "VIX=18.4")
    window.until(lambda event: event.get("vix") == 18.4)
    assert all(event.get("changed") in (["clock"], ["quotes"]) for event in window.events[told:])


START = """
import sys
import cli.window
from cli.main import main
cli.window.has_screen = lambda: True  # as where there is a display
raise SystemExit(main(sys.argv[1:]))
"""


def test_a_second_start_brings_the_first_window_to_the_front(window: OpenWindow) -> None:
    command = [sys.executable, "-c", START, "--journal", str(window.journal)]
    done = subprocess.run(
        command, cwd=ROOT, env=window.environment, capture_output=True, text=True, check=False, timeout=WAIT_S
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "brought to the front" in done.stdout
    window.until(lambda event: "shown" in event)


def test_a_killed_window_leaves_a_socket_that_stops_nobody(tmp_path: Path, environment: dict[str, str]) -> None:
    journal = filled_journal(tmp_path / "journal.db")
    with OpenWindow(journal, environment) as window:
        window.until_listening()
        os.kill(window.process.pid, signal.SIGKILL)
        window.process.wait(WAIT_S)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", environment["XDG_RUNTIME_DIR"])
        assert listening_address(journal) != ""
    done = window.run("quote", "VIX=18.4")
    assert (done.returncode, done.stderr) == (0, "")
    with OpenWindow(journal, environment) as again:
        again.until_listening()
        assert again.run("quote", "VIX=19.4").returncode == 0
        again.until(lambda event: event.get("vix") == 19.4)
    assert stored(again) == [("VIX", 18.4), ("VIX", 19.4)]


def test_a_window_starts_in_spite_of_the_socket_of_a_killed_one(
    qtbot: QtBot, tmp_path: Path, environment: dict[str, str]
) -> None:
    journal = filled_journal(tmp_path / "journal.db")
    command = [sys.executable, "-c", START, "--journal", str(journal)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", environment["XDG_RUNTIME_DIR"])
        for _ in range(2):
            with subprocess.Popen(command, cwd=ROOT, env=environment) as window:
                qtbot.waitUntil(
                    lambda window=window: window.poll() is not None or is_answered(listening_address(journal)),
                    timeout=1000 * WAIT_S,
                )
                assert window.poll() is None
                window.kill()


def is_answered(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as one:
        return bool(address) and one.connect_ex(address) == 0


def test_an_owner_that_does_not_listen_is_named(tmp_path: Path, environment: dict[str, str]) -> None:
    journal = filled_journal(tmp_path / "journal.db")
    code = """
import sys
from pathlib import Path
from db.lock import hold_journal
with hold_journal(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
    command = [sys.executable, "-c", code, str(journal)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        beside = OpenWindow(journal, environment)
        for words, stdin in ((("quote", "VIX=18.4"), None), (("quote", "-"), "VIX 18.4\n")):
            done = beside.run(*words, stdin=stdin)
            assert done.returncode == 1
            assert f"in use by process {holder.pid}" in done.stderr
        holder.communicate("", timeout=WAIT_S)
    assert stored(beside) == []


def test_a_frozen_window_is_not_waited_for_for_ever(window: OpenWindow) -> None:
    os.kill(window.process.pid, signal.SIGSTOP)
    try:
        done = window.run("quote", "VIX=18.4")
    finally:
        os.kill(window.process.pid, signal.SIGCONT)
    assert done.returncode == 1
    assert done.stderr == "condor-watch: refused: the window that has the journal open does not answer\n"
