"""Which settings are in force in this window? Read once, changed from the menus, written when they change."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gui.jobs import Rules

Value = str | int | float


class Preferences:
    """The settings of one window. Without a path the defaults hold and nothing is saved.

    `trouble` says why the file could not be read: then the defaults hold, and nothing is written to it.
    `asked_for` is a playbook named on the command line: it holds until another is chosen, and is not saved.
    """

    def __init__(self, path: Path | None, asked_for: str | None = None) -> None:
        from db.settings import declared, load_settings

        self._path, self._asked_for = path, asked_for
        self.trouble = ""
        try:
            values = {key: setting.default for key, setting in declared().items()}
            if path is not None:
                values = load_settings(path)
        except RefusedError as error:
            self.trouble = str(error)
        self._values: Mapping[str, Value] = MappingProxyType(values)

    def text(self, key: str) -> str:
        """Return a setting that is text."""
        return str(self._values[key])

    def change(self, **changes: Value) -> None:
        """Change settings, a double underscore for the point in their keys, and write them down.

        Raises SettingRefusedError or OSError where they cannot be written; they hold for this window all the same.
        """
        from db.settings import save_settings

        named = {key.replace("__", "."): value for key, value in changes.items()}
        if named.keys() & {"playbook.name", "playbook.edr_formula"} and self._asked_for is not None:
            named = {"playbook.name": self._asked_for, **named}
            self._asked_for = None
        changed = {key: value for key, value in named.items() if self._values.get(key) != value}
        if not changed:
            return
        self._values = MappingProxyType({**self._values, **changed})
        if self._path is not None:
            save_settings(self._path, changed)

    def rules(self) -> Rules:
        """Return the playbook in force and the ages; raises RefusedError for a playbook that is none."""
        from db.playbooks import playbook_in_force
        from db.settings import ages_of
        from gui.jobs import Rules

        return Rules(playbook_in_force(self._values, self._asked_for), ages_of(self._values))
