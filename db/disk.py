"""On what kind of disk does the journal lie? Networks and synchronised folders break what SQLite relies on."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
LITTLE_BYTES = 50 * 1024 * 1024
_NETWORK = re.compile(r"nfs\d?|cifs|smb\d?|smbfs|9p|afpfs|davfs|ncpfs|ceph|glusterfs|lustre|afs|fuse\..+")
_CLOUD = re.compile(
    r"onedrive( - .+)?|dropbox( \(.+\))?|icloud ?drive|mobile documents|cloudstorage|google ?drive|nextcloud|"
    r"owncloud|pcloud ?drive|syncthing|mega",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


class PlaceKind(StrEnum):
    """What a folder is kept by."""

    LOCAL = "local"
    NETWORK = "network"
    CLOUD = "cloud"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a journal lies. `name` is the file system or the part of the path that told."""

    kind: PlaceKind
    name: str
    free_bytes: int
    can_write: bool

    @property
    def is_nearly_full(self) -> bool:
        """Whether so little is free that entries may soon be refused."""
        return self.free_bytes < LITTLE_BYTES


def place_of(journal: Path, mounts: Path = MOUNTS) -> Place:
    """Return what is known of the folder that a journal lies in. Raises OSError where it is not there."""
    folder = journal.resolve().parent
    kind, name = _kind_of(folder, mounts)
    can_write = os.access(folder, os.W_OK) and (not journal.exists() or os.access(journal, os.W_OK))
    return Place(kind, name, shutil.disk_usage(folder).free, can_write)


def is_network(journal: Path, mounts: Path = MOUNTS) -> bool:
    """Whether the journal lies on a network drive, where a write-ahead log cannot be shared safely."""
    return _kind_of(journal.resolve().parent, mounts)[0] is PlaceKind.NETWORK


def _kind_of(folder: Path, mounts: Path) -> tuple[PlaceKind, str]:
    system = _file_system(folder, mounts)
    if _NETWORK.fullmatch(system):
        return PlaceKind.NETWORK, system
    cloud = next((part for part in folder.parts if _CLOUD.fullmatch(part)), "")
    return (PlaceKind.CLOUD, cloud) if cloud else (PlaceKind.LOCAL, system)


def _file_system(folder: Path, mounts: Path) -> str:
    """Return the type of the file system of a folder, "" where the system does not say."""
    if sys.platform == "win32" and str(folder).startswith("\\\\"):
        return "cifs"
    if not mounts.exists():
        return ""
    best, system = -1, ""
    for line in mounts.read_text("utf-8", errors="replace").splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        at = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), parts[1]))
        if folder.is_relative_to(at) and len(at.parts) >= best:
            best, system = len(at.parts), parts[2]
    return system
