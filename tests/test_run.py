"""Does run.py set up, start and explain itself? Every start here is a real one, in a copy with empty locks."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import run

ROOT = Path(__file__).parents[1]
posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
HELLO = (
    "import os, sys; print(os.getcwd(), *sys.argv[1:], os.environ['OPENBLAS_NUM_THREADS']); raise SystemExit(7)"
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with run.py, locks without pins and a `cli` that prints where it is and exits 7."""
    folder = tmp_path / "a project"
    (folder / "cli").mkdir(parents=True)
    shutil.copy(ROOT / "run.py", folder)
    for name in ("requirements.lock", "requirements-test.lock"):
        (folder / name).write_text("# no pins\n")
    (folder / "cli" / "__init__.py").touch()
    (folder / "cli" / "__main__.py").write_text(HELLO)
    return folder


def loaded(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_copy", folder / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start(folder: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "run.py"), *arguments]
    return subprocess.run(command, cwd=cwd or folder, capture_output=True, text=True, check=False)


def start_as_old_python(folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0)"
    code = f"{pretend}; runpy.run_path('run.py', run_name='__main__')"
    command = [sys.executable, "-c", code, "status"]
    variables = {**os.environ, "PATH": path}
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)


# --- an old Python ---


def test_it_parses_on_python_3_6() -> None:
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert ":=" not in source


def test_an_old_python_gets_one_sentence(copy: Path) -> None:
    done = start_as_old_python(copy, path=str(copy))
    assert done.returncode == 2
    assert done.stderr == (
        "Condor Watch needs Python 3.11 or newer and this is 3.9: start run.py with a newer one.\n"
    )
    assert not (copy / ".venv").exists()


@posix
def test_an_old_python_starts_a_newer_one_that_works(copy: Path) -> None:
    broken, works = copy / "python3.13", copy / "python3.12"  # a shim may be there without its Python
    broken.write_text("#!/bin/sh\nexit 127\n")
    works.write_text('#!/bin/sh\n[ "$1" = -c ] || echo "newer: $@"\n')
    for shim in (broken, works):
        shim.chmod(0o755)
    done = start_as_old_python(copy, path=str(copy))
    assert (done.returncode, done.stdout) == (0, f"newer: {copy / 'run.py'} status\n")


# --- the system's part ---


@pytest.mark.skipif(sys.platform != "linux", reason="the libraries are Linux's")
def test_a_missing_library_is_seen_and_a_present_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "QT_LIBRARIES", {"libc.so.6": ("", ""), "libnowhere.so.9": ("", "")})
    assert run.missing_parts(window=False, venv=True) == ["libnowhere.so.9"]


@pytest.mark.skipif(sys.platform != "linux", reason="the libraries are Linux's")
def test_x11_libraries_are_asked_for_only_where_a_window_will_use_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    assert "libxcb-cursor.so.0" in run.needed_libraries(window=True)
    assert "libxcb-cursor.so.0" not in run.needed_libraries(window=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert "libxcb-cursor.so.0" not in run.needed_libraries(window=True)
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("DISPLAY")
    assert "libxcb-cursor.so.0" not in run.needed_libraries(window=True)


def test_the_line_to_type() -> None:
    parts = ["ensurepip", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libGL.so.1"]
    assert run.line_to_type("apt-get", run.packages_for("apt-get", parts), "sudo ") == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        f"python3.{sys.version_info.minor}-venv libglib2.0-0 libgl1"
    )
    assert (
        run.line_to_type("dnf", run.packages_for("dnf", ["libGL.so.1"]), "")
        == "dnf install -y 'libGL.so.1()(64bit)'"
    )
    assert run.packages_for("pacman", ["libGL.so.1", "libEGL.so.1"]) == ["libglvnd"]


def test_without_a_screen_qt_is_told_to_draw_to_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "OPENBLAS_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    assert run.environment().get("QT_QPA_PLATFORM") == ("offscreen" if sys.platform == "linux" else None)
    assert run.environment()["OPENBLAS_NUM_THREADS"] == "1"
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert "QT_QPA_PLATFORM" not in run.environment()


# --- the project's part ---


def test_the_test_lock_holds_every_pin_of_the_runtime_lock() -> None:
    def pins(lock: Path) -> set[str]:
        return set(re.findall(r"^\w\S*==\S+", lock.read_text(encoding="utf-8"), re.MULTILINE))

    assert pins(run.RUNTIME_LOCK)
    assert pins(run.RUNTIME_LOCK) - pins(run.TEST_LOCK) == set()


def test_the_stamp_belongs_to_one_lock_and_one_python(copy: Path) -> None:
    module = loaded(copy)
    assert module.installed() == []
    module.PYTHON.parent.mkdir(parents=True)
    module.PYTHON.touch()
    module.STAMP.write_text(f"{module.VERSION}\n{module.fingerprint(module.TEST_LOCK)}")
    assert module.fingerprint(module.TEST_LOCK) in module.installed()
    module.TEST_LOCK.write_text("# another pin\n")
    assert module.fingerprint(module.TEST_LOCK) not in module.installed()
    module.VERSION = "3.99"
    assert module.installed() == []


@posix
def test_set_up_from_nothing_by_two_at_once_then_a_start_from_anywhere(copy: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(copy / "run.py"), "a file.csv", "--x"]
    both = [subprocess.Popen(command, cwd=tmp_path, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    told = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [7, 7]
    assert [out for out, _ in told] == [f"{tmp_path} a file.csv --x 1\n"] * 2
    assert sum("Making .venv" in err for _, err in told) == 1

    elsewhere = tmp_path / "elsewhere"  # a folder of the user's that has our names
    (elsewhere / "cli").mkdir(parents=True)
    (elsewhere / "cli" / "__main__.py").write_text("print('shadowed')")
    link = tmp_path / "linked"
    link.symlink_to(copy / ".venv" / "bin" / "condor-watch")
    for first in ([str(link)], [sys.executable, str(copy / "run.py")]):
        done = subprocess.run([*first, "status"], cwd=elsewhere, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (7, f"{elsewhere} status 1\n", "")

    (copy / ".venv" / "condor-watch.stamp").unlink()  # as an interrupted set-up leaves it
    (copy / ".venv" / "half-made").touch()
    done = start(copy)
    assert done.returncode == 7
    assert "again: what is there is unfinished" in done.stderr
    assert not (copy / ".venv" / "half-made").exists()


@posix
def test_what_a_killed_set_up_left_running_keeps_the_next_one_waiting(copy: Path) -> None:
    import fcntl

    pipe = copy / "pipe"
    os.mkfifo(pipe)
    child = [sys.executable, "-c", f"open({str(pipe)!r}).read()"]  # lives until the pipe's other end is closed
    code = f"import run\nwith run.only_one(): run.run_unseen({child!r})"
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=copy)
    with pipe.open("w"), (copy / ".venv.lock").open("a") as lock:
        parent.kill()
        parent.wait()
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with (copy / ".venv.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not (copy / ".venv").exists()


@posix
def test_a_failing_install_says_so_and_leaves_no_stamp(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    (copy / "requirements.lock").write_text(f"condor-watch-nowhere==1.0 --hash=sha256:{'0' * 64}\n")
    done = start(copy)
    assert done.returncode == 2
    assert "condor-watch-nowhere" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("That package is not made for this system")
    assert not (copy / ".venv" / "condor-watch.stamp").exists()
