"""No command, `demo` and `snapshot`: how the window is opened, or drawn where there is no screen.

A window must be painted before anything heavy is loaded: up here is only what every way needs.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from core.refusal import RefusedError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from gui.jobs import Loaded
    from gui.live.owner import RunCommand
    from gui.snapshot import Look

SMALLEST, LARGEST = 400, 8000
PICTURE = "condor-watch.png"


def run(args: argparse.Namespace) -> int:
    """Open the window, or write its picture where there is no screen or one was asked for."""
    if args.command == "snapshot":
        return _snapshot(args)
    if args.command == "demo":
        return _demo(args)
    return _open(args) if has_screen() else _draw(args)


def has_screen() -> bool:
    """Whether a window can be shown; only Linux can be without a screen."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in {"offscreen", "minimal"}:
        return False
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def _open(args: argparse.Namespace, make_journal: Any = None, journal: Path | None = None) -> int:
    from cli.hand_over import bring_to_front
    from cli.journal import journal_path
    from db.places import settings_file, state_folder

    place = journal or journal_path(args)
    if make_journal is None and bring_to_front(place):
        return 0
    from gui.app import Options, run

    return run(
        Options(
            journal=place,
            settings=settings_file(),
            state_folder=state_folder(),
            clock=partial(datetime.now, UTC),
            playbook=args.playbook,
            theme=args.theme,
            make_journal=make_journal,
            load_commands=_load_commands,
        )
    )


def _load_commands() -> RunCommand:
    """Import what does the commands of other processes, on the thread that will do them."""
    from cli.owned import run_command

    return run_command


def _draw(args: argparse.Namespace, journal: Path | None = None, *, is_kept: bool = True) -> int:
    """Draw the window offscreen into the state folder, and say in text what it shows."""
    from cli.journal import journal_path
    from db.places import state_folder
    from gui.snapshot import Look

    args.journal = journal or journal_path(args)
    folder = state_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    picture = folder / PICTURE
    look = Look(theme=args.theme or "dark")
    text = _picture(args, picture, look) if args.journal.exists() else _start_picture(args, picture, look)
    summary = picture.with_suffix(".txt")
    _write_text(summary, text)
    return _say(args, picture, summary, args.journal if is_kept and args.journal.exists() else None)


def _picture(args: argparse.Namespace, picture: Path, look: Look) -> str:
    """Draw the journal as of the moment asked for; return the state as text."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from cli.text import status_text
    from gui.snapshot import picture_of

    return status_text(picture_of(picture, _loaded(args), look))


def _start_picture(args: argparse.Namespace, picture: Path, look: Look) -> str:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.snapshot import picture_of_start

    picture_of_start(picture, args.journal, look)
    return f"There is no journal at {args.journal}: import market files to begin one, or try the demo"


def _loaded(args: argparse.Namespace) -> Loaded:
    from cli.values import as_of_moment
    from cli.workspace import playbook_of, reading
    from db.settings import ages_of
    from gui.jobs import OpenJournal, Rules, load

    with reading(args) as workspace:
        rules = Rules(playbook_of(args, workspace.settings), ages_of(workspace.settings))
        at = as_of_moment(getattr(args, "as_of", None), workspace.now)
        return load(OpenJournal(workspace.path, workspace.connection), rules, at)


def _snapshot(args: argparse.Namespace) -> int:
    from cli.journal import journal_path
    from db.target import check_target
    from gui.snapshot import Look

    check_target(args.file, journal_path(args), suffixes=(".png",))
    _picture(args, args.file, Look(*_size(args.size), theme=args.theme or "dark"))

    return _say(args, args.file, None, journal_path(args))


def _size(text: str) -> tuple[int, int]:
    from cli.usage import UsageError

    width, cross, height = text.lower().partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise UsageError(f"--size: {text!r}: write WIDTHxHEIGHT in pixels, like 1600x900")
    if not all(SMALLEST <= int(side) <= LARGEST for side in (width, height)):
        raise RefusedError(f"--size: {text}: each side is {SMALLEST} to {LARGEST} pixels")
    return int(width), int(height)


def _demo(args: argparse.Namespace) -> int:
    """Show the simulated market and book, in a temporary journal unless it is to be kept."""
    import tempfile
    from pathlib import Path

    from db.places import settings_file
    from db.settings import ages_of, load_settings

    if args.keep is not None and args.keep.exists():
        raise RefusedError(f"--keep: {args.keep} exists already; nothing was changed")
    ages = ages_of(load_settings(settings_file()))
    with tempfile.TemporaryDirectory(prefix="condor-watch-demo-", ignore_cleanup_errors=True) as folder:
        journal = args.keep or Path(folder, "demo.db")
        make = partial(_make_demo, journal, ages)
        if has_screen():
            return _open(args, make, journal)
        make(datetime.now(UTC))
        return _draw(args, journal, is_kept=args.keep is not None)


def _make_demo(journal: Path, ages: Any, now: datetime) -> Path:
    from gui.journals import demo_at

    return demo_at(journal, ages, now)


def _write_text(path: Path, text: str) -> None:
    from db.export import write_export

    write_export(path, text + "\n", None)


def _say(args: argparse.Namespace, picture: Path, summary: Path | None, journal: Path | None) -> int:
    from cli.workspace import show

    record = {"picture": picture, "summary": summary, "journal": journal}
    lines = [f"{name}: {path}" for name, path in record.items() if path is not None]
    return show(args, {name: str(path) if path else None for name, path in record.items()}, "\n".join(lines))
