"""Do the window, `why --json`, `status --json` and the exported log say the same of the same moment?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from core.market.times import iso_utc
from core.monitor.rules_record import why_record
from core.positions.book import LAYER_NUMBERS
from tests.cli.shell import Shell
from tests.gui.market_files import NOW, filled_journal
from tests.gui.opened import opened, options_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

OPENED = "2018-02-02T10:00"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A journal with a market and a hedge that was entered in a shell."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    shell = Shell(filled_journal(tmp_path / "journal.db"))
    shell.done("layer", "open", "1", "--leg", "+4 VIX 2018-03-21 C 25 @ 1.20", "--at", OPENED)
    return shell


def test_the_window_the_command_line_and_the_log_say_the_same(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    moment = iso_utc(NOW)
    status = shell.json("status", "--as-of", moment)
    told = [shell.json("why", str(number), "--as-of", moment) for number in LAYER_NUMBERS]
    file = tmp_path / "log.json"
    shell.done("log", "--format", "json", "-o", file)
    with opened(qtbot, options_of(tmp_path, shell.journal)) as application:
        state = application.context.the_store.state
        assert state is not None
        shown = [why_record(state, number) for number in LAYER_NUMBERS]
    assert [json.loads(json.dumps(record)) for record in shown] == told
    assert [record["layer"] for record in told] == status["layers"]
    (row,) = [row for row in json.loads(file.read_text("utf-8"))["rows"] if row["kind"] == "layer_opened"]
    entered = shell.json("status", "--as-of", OPENED)
    assert row["playbook_hash"] == entered["playbook"]["hash"] == status["playbook"]["hash"]
    assert row["edr"] == round(entered["edr"]["value_pct"], 8)  # an entry is stamped to 1e-8
    assert (row["vix"], row["rung"]) == (entered["vix"]["value"], entered["ladder"]["rung"])
