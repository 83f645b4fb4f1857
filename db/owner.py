"""Where does the process that has a journal open listen for others? At an address that follows from its path.

A window that is being opened asks here before it is painted: little is imported until a socket is found.
"""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAME, DIGITS = "condor-watch", 16
MAX_FOLDER_BYTES = 60
"""A socket's whole path has room for about 100 bytes, and it is made under a longer name first."""
_PIPES = r"\\.\pipe"


def owner_address(journal: Path) -> str:
    """Return the name to listen at for a journal, the same for every name that leads to it.

    On Windows a pipe, elsewhere a socket in a folder that only the user can enter. "" where there is no such
    folder: then nobody listens.
    """
    from getpass import getuser
    from hashlib import sha256

    digest = sha256(f"{journal.resolve()}\0{getuser()}".encode()).hexdigest()[:DIGITS]
    if sys.platform == "win32":
        return f"{NAME}-{digest}"
    folder = socket_folder()
    return os.path.join(folder, digest) if folder and _is_own(folder, make=True) else ""  # noqa: PTH118


def listening_address(journal: Path) -> str:
    """Return where somebody seems to listen for a journal, "" if nobody does.

    A process that was killed leaves its socket behind: only a connection shows whether somebody is there.
    """
    if sys.platform == "win32":
        name = owner_address(journal)
        return name if name in os.listdir(_PIPES) else ""  # noqa: PTH208 - pipes are no folder of a Path
    folder = socket_folder()
    if not folder or not _is_own(folder) or not os.listdir(folder):  # noqa: PTH208 - pathlib comes later
        return ""
    address = owner_address(journal)
    return address if os.path.exists(address) else ""  # noqa: PTH110 - it is text


def socket_folder() -> str:
    """Return the folder of the user's sockets, made or not, "" where its name is too long for a socket."""
    if sys.platform == "win32":
        return ""
    folder = _in_runtime_folder() or _in_temporary_folder()
    return folder if len(os.fsencode(folder)) <= MAX_FOLDER_BYTES else ""


def _in_runtime_folder() -> str:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return f"{runtime}/{NAME}" if os.path.isdir(runtime) else ""  # noqa: PTH112 - pathlib comes later


def _in_temporary_folder() -> str:
    from tempfile import gettempdir

    return f"{gettempdir()}/{NAME}-{os.getuid()}"


def _is_own(folder: str, *, make: bool = False) -> bool:
    """Whether the folder is there, a real one, of this user, and closed to all others."""
    if make:
        try:
            os.mkdir(folder, 0o700)  # noqa: PTH102 - it is text
        except FileExistsError:
            pass
        except OSError:
            return False
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    is_closed = not stat.S_IMODE(found.st_mode) & 0o077
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and is_closed
