"""Which settings does the user have? Declared in resources/settings.toml, kept in a JSON file of our own."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING

from core.refusal import RefusedError
from db.files import make_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.market.snapshot import Ages

Value = str | int | float


class SettingRefusedError(RefusedError):
    """A settings file or a value that cannot be used; the message names the key and its limits."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting as declared: default (its type is the setting's), limits or choices, help."""

    key: str
    default: Value
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    help: str

    def checked(self, value: object) -> Value:
        """Return the value if it may be used; raises SettingRefusedError."""
        if isinstance(self.default, str):
            if not isinstance(value, str) or (self.choices and value not in self.choices):
                raise SettingRefusedError(f"{self.key}: {value!r} is not one of {', '.join(self.choices)}")
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise SettingRefusedError(f"{self.key}: {value!r} is not a number")
        if not (self.low or 0) <= value <= (self.high or 0):
            raise SettingRefusedError(f"{self.key}: {value} is outside {self.low:g} to {self.high:g}")
        return value


def declared() -> dict[str, Declared]:
    """Return every setting by key."""
    tables = tomllib.loads(resources.files("resources").joinpath("settings.toml").read_text("utf-8"))
    found = {}
    for group, entries in tables.items():
        for name, entry in entries.items():
            key = f"{group}.{name}"
            choices = tuple(entry.get("choices", ()))
            found[key] = Declared(
                key, entry["default"], entry.get("min"), entry.get("max"), choices, entry["help"]
            )
    return found


def load_settings(path: Path) -> dict[str, Value]:
    """Return every setting: the user's value where the file has a good one, else the default.

    Raises SettingRefusedError where the file or a value in it cannot be used: unreadable is not "first run".
    """
    known = declared()
    values = {key: setting.default for key, setting in known.items()}
    for key, value in _read(path).items():
        if key in known:
            values[key] = known[key].checked(value)
    return values


def save_settings(path: Path, changes: Mapping[str, Value]) -> None:
    """Write changed settings: a whole new file in place of the old one, readable by its owner alone."""
    known = declared()
    kept = _read(path) | {key: known[key].checked(value) for key, value in changes.items()}
    make_folder(path.parent)
    write_whole(path, json.dumps(kept, indent=1, sort_keys=True).encode("utf-8"))


def ages_of(settings: Mapping[str, Value]) -> Ages:
    """Return the limits of age that the settings state."""
    futures = _limits(settings, "ages.vx_")
    return replace(_limits(settings, "ages."), futures=futures)


def _limits(settings: Mapping[str, Value], start: str) -> Ages:
    from core.market.snapshot import Ages

    amber_s, unknown_s, closed_s = (float(settings[start + name]) for name in ("amber_s", "unknown_s", "closed_s"))
    return Ages(amber_s, unknown_s, closed_s)


def _read(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingRefusedError(
            f"{path}: the settings cannot be read ({error}); mend or remove the file"
        ) from None
    if not isinstance(found, dict):
        raise SettingRefusedError(f"{path}: the settings are not a table; mend or remove the file")
    return found
