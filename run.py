"""How does a machine with nothing but Python become one that runs Condor Watch?

    python3 run.py            set everything up, then open the window
    python3 run.py ARGS..     set everything up, then run the command (`--help` lists what it can do)
    python3 run.py test ..    set everything up, then run the tests; what follows goes to pytest
    python3 run.py bench ..   set everything up, then run the benchmarks

Standard library only, and no syntax newer than Python 3.6: an old Python must be able to say what is needed.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
from collections import deque
from pathlib import Path
from typing import IO, Dict, Iterator, List, NoReturn, Optional, Tuple

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
COMMAND = PYTHON.with_name("condor-watch.cmd" if sys.platform == "win32" else "condor-watch")
STAMP = VENV / "condor-watch.stamp"
RUNTIME_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"  # holds every pin of the runtime lock

VERSION = "{}.{}".format(*sys.version_info)
OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3.14", "python3.15")  # the tried ones first

# What Qt loads from the system: soname -> package of Debian and Ubuntu, package of Arch.
QT_LIBRARIES = {
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libGL.so.1": ("libgl1", "libglvnd"),
    "libEGL.so.1": ("libegl1", "libglvnd"),
    "libX11.so.6": ("libx11-6", "libx11"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype2"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
}
# What a window under X11 needs on top; without these Qt aborts the process.
X11_LIBRARIES = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
# Debian ships the part that makes virtual environments apart from Python; elsewhere it comes along.
PACKAGES = {"ensurepip": ("python" + VERSION + "-venv", "python"), **QT_LIBRARIES, **X11_LIBRARIES}
INSTALLERS = {
    "apt-get": ["apt-get", "install", "-y", "--no-install-recommends"],
    "dnf": ["dnf", "install", "-y"],
    "pacman": ["pacman", "-Sy", "--needed", "--noconfirm"],
    "zypper": ["zypper", "--non-interactive", "install"],
}

POSIX_COMMAND = """#!/bin/sh
# Made by run.py: Condor Watch as a command; it may be linked to from a folder on the PATH.
export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}"
exec "$(dirname "$(readlink -f "$0")")/python" -I -m cli "$@"
"""
WINDOWS_COMMAND = """@echo off
if not defined OPENBLAS_NUM_THREADS set OPENBLAS_NUM_THREADS=1
"%~dp0python.exe" -I -m cli %*
"""


def say(sentence: str) -> None:
    """Tell the user what is going on, apart from the output of the command itself."""
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with exit code 2 and the sentence that says what to do."""
    say(sentence)
    raise SystemExit(2)


def run_unseen(command: List[str]) -> Tuple[int, List[str]]:
    """Run a command and return its exit code and last lines; a terminal sees what pip is at."""
    tail = deque(maxlen=12)  # type: deque[str]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        errors="replace",
        close_fds=False,  # the set-up's lock goes along
    )
    with process:
        for line in process.stdout or ():
            tail.append(line.rstrip())
            if sys.stderr.isatty() and line.startswith(("Collecting", "Installing collected")):
                print(f"\r\033[K{' '.join(line.split()[:2])}\r", end="", file=sys.stderr, flush=True)
    return process.returncode, list(tail)


# --- an old Python ---


def newer_python() -> Optional[str]:
    """Return a Python on the PATH that is new enough and really starts, or None."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    for path in filter(None, map(shutil.which, NEWER_PYTHONS)):
        if subprocess.call([path, "-c", check], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def leave_old_python() -> None:
    """Start again with a newer Python when this one is too old; where there is none say so and stop."""
    if sys.version_info >= OLDEST:
        return
    newer = newer_python()
    if newer is None:
        stop(f"Condor Watch needs Python 3.11 or newer and this is {VERSION}: start run.py with a newer one.")
    become([newer, str(ROOT / "run.py"), *sys.argv[1:]], dict(os.environ))


# --- the system's part: the libraries that Qt loads, and Python's venv ---


def has_display() -> bool:
    """Whether a window can be shown (only Linux can be without a screen)."""
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def needed_libraries(window: bool) -> List[str]:
    """Return the sonames that Qt will load here; `window`: it may draw on the screen, not only offscreen."""
    if sys.platform != "linux":
        return []
    x11 = os.environ.get("DISPLAY") and os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb")
    return [*QT_LIBRARIES, *(X11_LIBRARIES if window and x11 else [])]


def can_load(soname: str) -> bool:
    """Whether the dynamic linker finds the library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_parts(window: bool, venv: bool) -> List[str]:
    """Return the sonames that Qt would look for in vain, and `ensurepip` where a venv is to be made without it."""
    importlib.invalidate_caches()
    no_venv = venv and importlib.util.find_spec("ensurepip") is None
    return ["ensurepip"] * no_venv + [name for name in needed_libraries(window) if not can_load(name)]


def packages_for(manager: str, parts: List[str]) -> List[str]:
    """Return what to ask the package manager for; rpm systems find a package by the soname that it provides."""
    if manager in ("dnf", "zypper"):
        return [f"{part}()(64bit)" for part in parts if part != "ensurepip"]
    return list(dict.fromkeys(PACKAGES[part][manager == "pacman"] for part in parts))


def line_to_type(manager: str, packages: List[str], sudo: str) -> str:
    """Return the one shell line that installs the packages; `sudo` is "sudo " or empty."""
    update = f"{sudo}apt-get update && " if manager == "apt-get" else ""
    return update + sudo + " ".join(map(shlex.quote, INSTALLERS[manager] + packages))


def install_packages(manager: str, packages: List[str]) -> None:
    """Install as root. Whether it helped is for the caller to see; a failure shows the last lines."""
    say(f"Installing system packages: {' '.join(packages)}")
    if manager == "apt-get":
        run_unseen(["apt-get", "update"])
    code, tail = run_unseen(INSTALLERS[manager] + packages)
    if code:
        say("\n".join(tail))


def check_system(window: bool, venv: bool) -> None:
    """See to the system's part: install what is missing as root, else print the one line to type and stop."""
    parts = missing_parts(window, venv)
    if not parts:
        return
    manager = next(filter(shutil.which, INSTALLERS), "")
    packages = packages_for(manager, parts) if manager else []
    if not packages:
        stop(f"This system lacks {', '.join(parts)}: install that, then run the same command again.")
    root = sys.platform != "win32" and os.geteuid() == 0
    if root:
        install_packages(manager, packages)
    if not root or missing_parts(window, venv):
        line = line_to_type(manager, packages, "" if root else "sudo ")
        stop(f"{len(packages)} system packages are missing. Type this, then run the same command again:\n{line}")


# --- the project's part: .venv ---


def fingerprint(lock: Path) -> str:
    """Return what identifies an installed lock: its content and the Python that it was installed for."""
    return hashlib.sha256(lock.read_bytes() + VERSION.encode()).hexdigest()


def installed() -> List[str]:
    """Return the stamp (the Python's version, then the fingerprints of what is installed), or [] when unfit."""
    if not STAMP.exists() or not PYTHON.exists():
        return []
    lines = STAMP.read_text(encoding="utf-8").split()
    return lines if lines[:1] == [VERSION] else []


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one process at a time set up. The lock goes with its last holder: run.py, or the pip of a killed one."""
    with (ROOT / ".venv.lock").open("a") as held:
        wait_for(held)
        os.set_inheritable(held.fileno(), True)
        yield


def wait_for(held: IO[str]) -> None:
    """Block until this process alone holds the file."""
    if sys.platform == "win32":
        while True:
            with contextlib.suppress(OSError):  # what it says after waiting ten seconds
                return msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
    else:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is under way in this folder: waiting for it.")
            fcntl.flock(held, fcntl.LOCK_EX)


def make_venv() -> None:
    """Make `.venv` anew, over whatever is there; the base Python is named, should this one live in `.venv`."""
    again = " again: what is there is unfinished or of another Python" if VENV.exists() else ""
    say(f"Making .venv with Python {VERSION}{again}.")
    code, tail = run_unseen([os.path.realpath(sys.executable), "-m", "venv", "--clear", str(VENV)])
    if code:
        say("\n".join(tail))
        stop("Python could not make .venv: see what its last line says, then run the same command again.")


def install(lock: Path) -> None:
    """Install the pinned packages, each checked against its hash; on failure show pip's last lines and stop."""
    say(f"Installing the packages of {lock.name}; the first time this takes a minute or more.")
    pip = [str(PYTHON), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]
    code, tail = run_unseen([*pip, "--require-hashes", "--only-binary=:all:", "-r", str(lock)])
    if code == 0:
        return
    say("\n".join(tail))
    if any("No matching distribution" in line for line in tail):
        stop(f"That package is not made for this system and Python {VERSION}: docs/install.md says which are.")
    stop("pip failed: see what it says above (network? 2 GB of free disk?), then run the same command again.")


def write_command() -> None:
    """Put the project on the environment's path and make the `condor-watch` command beside its Python."""
    packages = sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)})
    Path(packages, "condor_watch.pth").write_text(os.path.relpath(str(ROOT), packages) + "\n", encoding="utf-8")
    COMMAND.write_text(WINDOWS_COMMAND if sys.platform == "win32" else POSIX_COMMAND, encoding="utf-8")
    COMMAND.chmod(0o755)


def set_up(lock: Path) -> None:
    """Bring `.venv` to the lock. The stamp goes first and comes back last: an interrupted set-up has none."""
    with only_one():
        started = time.monotonic()
        stamp = installed()
        if fingerprint(lock) in stamp:
            return
        if stamp:
            STAMP.unlink()
        else:
            make_venv()
        install(lock)
        write_command()
        partial = STAMP.with_suffix(".part")
        partial.write_text("\n".join([VERSION, fingerprint(lock), fingerprint(RUNTIME_LOCK)]), encoding="utf-8")
        partial.replace(STAMP)
        say(f"Set up in {time.monotonic() - started:.0f} s; as a command: {COMMAND}")


# --- starting ---


def environment() -> Dict[str, str]:
    """Return the program's environment: one thread of linear algebra, and no screen asked for without one."""
    variables = {"OPENBLAS_NUM_THREADS": "1", **os.environ}
    if not has_display():
        variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    return variables


def become(command: List[str], variables: Dict[str, str]) -> NoReturn:
    """Turn into the command, so that signals and the exit code are its own (Windows can only wait for it)."""
    if sys.platform == "win32":
        raise SystemExit(subprocess.call(command, env=variables))
    os.execve(command[0], command, variables)  # noqa: S606  no shell is wanted


def main(arguments: List[str]) -> NoReturn:
    """Set up what the first argument needs, then become it."""
    leave_old_python()
    modules = {"test": ["pytest", "-n", "auto"], "bench": ["benchmarks"]}
    module = modules.get(arguments[0]) if arguments else None
    lock = TEST_LOCK if module else RUNTIME_LOCK
    stamp = installed()
    check_system(window=not module, venv=not stamp)
    if fingerprint(lock) not in stamp:
        set_up(lock)
    if module:
        os.chdir(str(ROOT))
    command = [*module, *arguments[1:]] if module else ["cli", *arguments]
    become([str(PYTHON), "-I", "-m", *command], environment())


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        say("Stopped; the same command takes it up again.")
        raise SystemExit(130) from None
    except OSError as error:
        stop(f"Set-up failed: {error}.")
