"""Is a file written whole or not at all, for its owner alone, and is the old one kept where it cannot be?"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.export import write_export

ROOT = Path(__file__).parents[2]
LIMITED = """
import resource, signal, sys
from pathlib import Path
from db.export import write_export
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_export(Path(sys.argv[1]), "x" * 100_000, None)
except OSError as error:
    print(error.errno)
"""


def test_text_and_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    write_export(path, "a\r\nb\n\u2212", None)
    assert path.read_bytes() == b"a\r\nb\n\xe2\x88\x92"
    write_export(path, b"\x00\xff", None)
    assert path.read_bytes() == b"\x00\xff"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes of files")
def test_it_is_the_owners_alone_whatever_the_umask_and_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("old")
    path.chmod(0o666)
    before = os.umask(0)
    try:
        write_export(path, "new", None)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of a file")
def test_a_disk_that_takes_no_more_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """The system refuses to let the file grow: the same path as a full disk."""
    path = tmp_path / "log.csv"
    path.write_text("old")
    command = [sys.executable, "-c", LIMITED, str(path)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == str(errno.EFBIG)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_an_error_at_any_step_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_text("old")

    def fail(*_given: object) -> None:
        raise OSError(errno.EIO, "the disk reported an error")

    monkeypatch.setattr(Path if name == "replace" else os, name, fail)
    with pytest.raises(OSError, match="reported an error"):
        write_export(path, "new", None)
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.skipif(os.name != "posix", reason="Windows settles the names of a folder by itself")
def test_data_are_on_the_disk_before_the_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def settled(handle: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")  # noqa: PTH112 - of a handle
        fsync(handle)

    def named(path: Path, target: Path) -> Path:
        steps.append("name")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", settled)
    monkeypatch.setattr(Path, "replace", named)
    write_export(tmp_path / "log.csv", "x", None)
    if Path("/proc/self/fd").exists():
        assert steps == ["file", "name", "folder"]
    else:
        assert len(steps) == 3
