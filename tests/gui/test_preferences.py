import json
from pathlib import Path

import pytest

from db.settings import SettingRefusedError
from gui.preferences import Preferences


def test_without_a_file_the_declared_defaults_hold(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "settings.json")
    assert preferences.text("window.theme") == "dark"
    assert preferences.rules().playbook.name == "composite"
    assert (preferences.rules().ages.amber_s, preferences.rules().ages.unknown_s) == (60.0, 1800.0)
    assert preferences.trouble == ""


def test_a_change_holds_at_once_and_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    preferences = Preferences(path)
    preferences.change(playbook__name="000-ladder", playbook__edr_formula="B")
    for one in (preferences, Preferences(path)):
        assert one.rules().playbook.name == "000-ladder"
        assert one.rules().playbook.text("edr.formula") == "B"
    assert json.loads(path.read_text("utf-8")) == {"playbook.edr_formula": "B", "playbook.name": "000-ladder"}


def test_a_value_that_is_the_same_writes_nothing(tmp_path: Path) -> None:
    Preferences(tmp_path / "settings.json").change(window__theme="dark")
    assert not (tmp_path / "settings.json").exists()


def test_a_playbook_of_the_command_line_wins_until_another_is_chosen_and_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    preferences = Preferences(path, "000-ladder")
    assert preferences.rules().playbook.name == "000-ladder"
    assert not path.exists()
    preferences.change(playbook__name="composite")
    assert preferences.rules().playbook.name == "composite"


def test_a_formula_chosen_under_a_playbook_of_the_command_line_holds(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "settings.json", "000-ladder")
    preferences.change(playbook__edr_formula="C")
    assert preferences.rules().playbook.name == "000-ladder"
    assert preferences.rules().playbook.text("edr.formula") == "C"


def test_an_unreadable_file_is_said_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("[1, 2", encoding="utf-8")
    preferences = Preferences(path)
    assert "cannot be read" in preferences.trouble
    assert preferences.text("window.theme") == "dark"
    with pytest.raises(SettingRefusedError, match="cannot be read"):
        preferences.change(window__theme="light")
    assert preferences.text("window.theme") == "light"
    assert path.read_text(encoding="utf-8") == "[1, 2"


def test_without_a_path_nothing_is_kept() -> None:
    preferences = Preferences(None)
    preferences.change(window__theme="light")
    assert preferences.text("window.theme") == "light"
