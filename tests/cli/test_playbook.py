"""Are the playbooks listed, shown and compared by command, without a journal?"""

from pathlib import Path

from core.playbook.registry import PARAMETERS
from tests.cli.shell import Shell
from tests.core.playbooks import PRESETS, preset, preset_names


def test_the_list_has_every_preset_with_its_hash(empty: Shell) -> None:
    record = empty.json("playbook", "list")
    assert {row["name"]: row["hash"] for row in record["playbooks"]} == {
        name: preset(name).hash for name in preset_names()
    }
    assert [row["name"] for row in record["playbooks"] if row["in_force"]] == ["composite"]
    text = empty.done("playbook", "list").out
    assert "(in force)" in text
    assert "(public, off unless chosen)" in next(line for line in text.splitlines() if line.startswith("4-4-2"))


def test_another_one_may_be_in_force(empty: Shell) -> None:
    record = empty.json("playbook", "list", "--playbook", "003-regime")
    assert [row["name"] for row in record["playbooks"] if row["in_force"]] == ["003-regime"]
    assert empty.json("playbook", "show", "--playbook", "003-regime")["name"] == "003-regime"


def test_show_has_every_parameter_with_default_range_and_source(empty: Shell) -> None:
    record = empty.json("playbook", "show", "001-credit-budget")
    rows = {row["key"]: row for group in record["parameters"].values() for row in group}
    assert rows.keys() == PARAMETERS.keys()
    text = empty.done("playbook", "show", "001-credit-budget").out
    line = next(line for line in text.splitlines() if line.startswith("  budget.L1 "))
    assert "10 % of credit" in line
    assert "(001; a number from 8 to 12 % of credit)" in line
    assert "layers.2.arm        rsi_spx_low and backwardation" in text
    off = next(line for line in text.splitlines() if line.startswith("  layer.4.enabled "))
    assert " false " in off
    assert "default true" in off


def test_compare_names_what_differs_and_nothing_else(empty: Shell, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    text = (PRESETS / "composite.toml").read_text("utf-8").replace("ladder.base = 25.0", "ladder.base = 30.0")
    mine.write_text(text, "utf-8")
    (row,) = empty.json("playbook", "compare", "composite", mine)["differences"]
    assert row == {"key": "ladder.base", "first": 25.0, "second": 30.0, "unit": "%", "source": "000"}
    assert empty.done("playbook", "compare", "composite", "composite").out == "the same rules\n"


def test_what_is_no_playbook_is_refused_in_one_line(empty: Shell, tmp_path: Path) -> None:
    assert "no playbook 'composit'" in empty.refused("playbook", "show", "composit")
    bad = tmp_path / "bad.toml"
    bad.write_text("[parameters]\nrsi.n = 1\n" + (PRESETS / "000-ladder.toml").read_text("utf-8"), "utf-8")
    assert "playbook bad: " in empty.refused("playbook", "compare", "composite", bad)
    empty.misused("playbook", "show", "a", "b")
    empty.misused("playbook")
    assert not empty.journal.exists()
