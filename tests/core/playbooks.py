"""Which playbooks do the tests hold? The preset that ships, and ones with rules or values of the test."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.playbook.parameters import Playbook, parse_playbook, with_values

PRESETS = Path(__file__).parents[2] / "resources/playbooks"


@cache
def preset(name: str) -> Playbook:
    return parse_playbook((PRESETS / f"{name}.toml").read_text("utf-8"), name)


def composite() -> Playbook:
    return preset("composite")


def preset_names() -> list[str]:
    return sorted(path.stem for path in PRESETS.glob("*.toml"))


def changed(**values: object) -> Playbook:
    """Return the preset with values changed; edr__mult stands for edr.mult."""
    return with_values(composite(), {key.replace("__", "."): value for key, value in values.items()})


def ruled(arm: str, confirm: str = "", block: str = "") -> Playbook:
    """Return a playbook whose four layers all have these trees, written as in TOML."""
    parts = [f"arm = {arm}"] + [
        f"{part} = {tree}" for part, tree in (("confirm", confirm), ("block", block)) if tree
    ]
    text = "\n".join(f"[layers.{number}]\n" + "\n".join(parts) for number in (1, 2, 3, 4))
    return parse_playbook(text, "ruled")
