"""Where do playbooks come from? The presets that ship with the program, or a TOML file of the user's."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from core.playbook.parameters import Playbook, PlaybookRefusedError, parse_playbook, with_values
from core.playbook.write import playbook_text
from core.refusal import RefusedError
from db.export import write_export

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_PLAYBOOK = "composite"
MAX_BYTES = 256 * 1024
_SUFFIX = ".toml"


class PlaybookNotFoundError(RefusedError):
    """There is no playbook of that name or path; the message lists the names known."""


def playbook_names() -> tuple[str, ...]:
    """Return the names of the playbooks that ship with the program."""
    folder = files("resources") / "playbooks"
    return tuple(
        sorted(entry.name.removesuffix(_SUFFIX) for entry in folder.iterdir() if entry.name.endswith(_SUFFIX))
    )


def load_playbook(name_or_path: str = DEFAULT_PLAYBOOK) -> Playbook:
    """Return a playbook by the name of a preset or the path of a TOML file.

    Raises PlaybookNotFoundError for neither, PlaybookRefusedError for a file that is not a playbook.
    """
    if name_or_path in playbook_names():
        preset = files("resources") / "playbooks" / f"{name_or_path}{_SUFFIX}"
        return parse_playbook(preset.read_text("utf-8"), name_or_path)
    path = Path(name_or_path)
    if path.suffix != _SUFFIX or not path.is_file():
        known = ", ".join(playbook_names())
        raise PlaybookNotFoundError(f"no playbook {name_or_path!r}: name one of {known}, or a .toml file")
    return parse_playbook(_text(path), path.stem)


def save_playbook(path: Path, playbook: Playbook, journal: Path | None = None) -> None:
    """Write a playbook as a TOML file that `load_playbook` reads by its path, whole or not at all.

    Raises PlaybookRefusedError for a path that is no .toml file, TargetRefusedError for one that belongs to the
    journal in use or is a database, OSError where it cannot be written.
    """
    if path.suffix != _SUFFIX:
        raise PlaybookRefusedError(f"playbook {path.stem}: the name of the file must end in {_SUFFIX}")
    write_export(path, playbook_text(playbook), journal)


def playbook_in_force(settings: Mapping[str, str | int | float], asked_for: str | None = None) -> Playbook:
    """Return the playbook that was asked for by name or path, else the one of the settings with its formula."""
    if asked_for is not None:
        return load_playbook(asked_for)
    playbook = load_playbook(str(settings["playbook.name"]))
    formula = settings["playbook.edr_formula"]
    return with_values(playbook, {"edr.formula": formula}) if formula else playbook


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise PlaybookRefusedError(f"playbook {path.stem}: the file is over {MAX_BYTES // 1024} kB")
        return raw.decode("utf-8")
    except OSError as error:
        raise PlaybookRefusedError(f"playbook {path.stem}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise PlaybookRefusedError(f"playbook {path.stem}: the file is not UTF-8 text") from None
