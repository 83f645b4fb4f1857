"""Are the presets found by name, files by path, and everything else refused with the names known?"""

from pathlib import Path

import pytest

from core.playbook.parameters import PlaybookRefusedError, with_values
from db.playbooks import MAX_BYTES, PlaybookNotFoundError, load_playbook, playbook_names, save_playbook

PRESETS = Path(__file__).parents[2] / "resources/playbooks"


def test_the_presets_are_the_files_that_ship() -> None:
    assert set(playbook_names()) == {path.stem for path in PRESETS.glob("*.toml")} >= {"composite", "000-ladder"}


@pytest.mark.parametrize("name", playbook_names())
def test_every_preset_loads_under_its_name(name: str) -> None:
    assert load_playbook(name).name == name
    assert load_playbook(str(PRESETS / f"{name}.toml")).hash == load_playbook(name).hash


def test_presets_differ_in_their_rules() -> None:
    assert len({load_playbook(name).hash for name in playbook_names()}) == len(playbook_names())


def test_a_file_of_the_users_own(tmp_path: Path) -> None:
    text = (PRESETS / "composite.toml").read_text("utf-8").replace('edr.formula = "A"', 'edr.formula = "H"')
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    mine = load_playbook(str(tmp_path / "mine.toml"))
    assert (mine.name, mine.text("edr.formula")) == ("mine", "H")


@pytest.mark.parametrize("name", ["composit", "", "../composite", "composite.toml", "resources"])
def test_an_unknown_name_lists_the_known_ones(name: str) -> None:
    with pytest.raises(PlaybookNotFoundError, match=r"000-ladder, .*composite"):
        load_playbook(name)


def test_a_file_that_is_no_text_or_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "picture.toml").write_bytes(b"\x89PNG\xff")
    (tmp_path / "long.toml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(PlaybookRefusedError, match="not UTF-8"):
        load_playbook(str(tmp_path / "picture.toml"))
    with pytest.raises(PlaybookRefusedError, match="over 256 kB"):
        load_playbook(str(tmp_path / "long.toml"))


def test_a_saved_playbook_is_read_back_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    save_playbook(path, with_values(load_playbook("composite"), {"ladder.base": 30}))
    mine = load_playbook(str(path))
    assert (mine.name, mine.number("ladder.base")) == ("mine", 30.0)
    assert path.stat().st_mode & 0o777 == 0o600
    save_playbook(path, load_playbook("000-ladder"))
    assert load_playbook(str(path)).hash == load_playbook("000-ladder").hash
    assert [file.name for file in tmp_path.iterdir()] == ["mine.toml"]


def test_a_playbook_is_saved_as_toml_only(tmp_path: Path) -> None:
    with pytest.raises(PlaybookRefusedError, match=r"must end in \.toml"):
        save_playbook(tmp_path / "mine.txt", load_playbook("composite"))
