"""Which files came into the watched folder? Each is told of once it lies still: no half-written file is taken.

A watcher loses a path when another file takes its place by renaming. So the folder is watched as well as each
file, and whatever is told, everything is looked at again and lost paths are added anew.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

LOOK_MS, GONE_MS = 100, 1000
STILL_S, STILL_WITHOUT_END_S = 0.2, 0.6
"""How long a file must not change before it is taken; longer where its last line has no end."""
SUFFIXES = frozenset({".csv", ".txt", ".xlsx"})
PARTIAL_STARTS, PARTIAL_ENDS = (".", "~"), ("~", ".tmp.csv", ".part.csv")
MAX_WATCHED_FILES = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """What changes when a file does."""

    size: int
    changed_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class _Sight:
    mark: Mark
    since: float


class FolderWatch(QObject):
    """Watches one folder, not those inside it. `arrived` carries the path of a file that is new or has changed.

    `gone` and `back` tell that the folder itself went away or came again. Files that are there at first are new.
    """

    arrived = Signal(Path)
    gone = Signal()
    back = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self._taken: dict[str, Mark] = {}
        self._seen: dict[str, _Sight] = {}
        self._is_gone = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look_soon)
        self._watcher.fileChanged.connect(self._look_soon)
        self._again = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._again.timeout.connect(self.look)

    def watch(self, folder: Path) -> None:
        """Watch a folder in place of the one before."""
        self.stop()
        self.folder = folder
        self.look()

    def stop(self) -> None:
        """Watch nothing."""
        self.folder, self._is_gone = None, False
        self._taken, self._seen = {}, {}
        self._again.stop()
        watched = self._watcher.directories() + self._watcher.files()
        if watched:
            self._watcher.removePaths(watched)

    def _look_soon(self) -> None:
        """Look again in a moment, however often something is told until then."""
        if not self._again.isActive():
            self._again.start(LOOK_MS)

    def look(self) -> None:
        """Look at every file of the folder, and again a little later while one of them moves."""
        if self.folder is None:
            return
        found = marks_in(self.folder)
        if found is None:
            self._wait_for_folder()
            return
        if self._is_gone:
            self._is_gone = False
            self.back.emit()
        self._add_lost_paths(found)
        self._forget_removed(found)
        self._compare(found)

    def _wait_for_folder(self) -> None:
        if not self._is_gone:
            self._is_gone = True
            self.gone.emit()
        self._again.start(GONE_MS)

    def _add_lost_paths(self, found: dict[str, Mark]) -> None:
        """Watch what is not watched: after a replacement the watcher has let go of the name."""
        folder = str(self.folder)
        wanted = [folder, *(os.path.join(folder, name) for name in list(found)[:MAX_WATCHED_FILES])]  # noqa: PTH118
        missing = set(wanted).difference(self._watcher.directories(), self._watcher.files())
        if missing:
            self._watcher.addPaths(list(missing))

    def _forget_removed(self, found: dict[str, Mark]) -> None:
        self._taken = {name: mark for name, mark in self._taken.items() if name in found}
        self._seen = {name: sight for name, sight in self._seen.items() if name in found}

    def _compare(self, found: dict[str, Mark]) -> None:
        moving = {name: mark for name, mark in found.items() if mark.size and mark != self._taken.get(name)}
        for name, mark in moving.items():
            self._wait_or_tell(name, mark)
        if self._seen:
            self._again.start(LOOK_MS)

    def _wait_or_tell(self, name: str, mark: Mark) -> None:
        now, sight, folder = time.monotonic(), self._seen.get(name), self.folder
        if folder is None or sight is None or sight.mark != mark:
            self._seen[name] = _Sight(mark, now)
        elif now - sight.since >= _still_s(folder / name):
            del self._seen[name]
            self._taken[name] = mark
            self.arrived.emit(folder / name)


def marks_in(folder: Path) -> dict[str, Mark] | None:
    """Return the market files of a folder by name, with what changes when they do; None where there is none."""
    try:
        with os.scandir(folder) as entries:
            stats = [(entry.name, entry.stat()) for entry in entries if _is_wanted(entry)]
    except OSError:
        return None
    return {name: Mark(stat.st_size, stat.st_mtime_ns, stat.st_ino) for name, stat in sorted(stats)}


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    name = entry.name.lower()
    is_partial = name.startswith(PARTIAL_STARTS) or name.endswith(PARTIAL_ENDS)
    return not is_partial and os.path.splitext(name)[1] in SUFFIXES and entry.is_file()  # noqa: PTH122


def _still_s(path: Path) -> float:
    """Return how long a file must lie still: one without an end to its last line may be half of it."""
    try:
        with path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return STILL_S if file.read(1) == b"\n" or path.suffix.lower() == ".xlsx" else STILL_WITHOUT_END_S
    except OSError:
        return STILL_WITHOUT_END_S
