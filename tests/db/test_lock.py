"""Does one process write at a time, and is a dead one's lock gone with it?"""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.connection import JournalError
from db.lock import JournalInUseError, hold_journal, lock_path

ROOT = Path(__file__).parents[2]
HOLDER = """
    import sys
    from pathlib import Path
    from db.lock import hold_journal
    with hold_journal(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.readline()
"""


@contextmanager
def holder(journal: Path) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-c", textwrap.dedent(HOLDER), str(journal)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, **pipes) as child:
        assert child.stdout.readline() == "held\n"
        try:
            yield child
        finally:
            child.kill()


def is_free(journal: Path) -> bool:
    try:
        with hold_journal(journal):
            return True
    except JournalInUseError:
        return False


def test_a_second_process_is_refused_and_told_who_holds_it(journal_path: Path) -> None:
    with holder(journal_path) as child:
        with pytest.raises(JournalInUseError, match=f"in use by process {child.pid}"), hold_journal(journal_path):
            raise AssertionError("two writers")
        child.stdin.write("\n")
        child.stdin.flush()
        child.wait()
        assert is_free(journal_path)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_a_killed_holder_leaves_no_lock_behind(journal_path: Path) -> None:
    with holder(journal_path) as child:
        assert not is_free(journal_path)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert is_free(journal_path)
        assert lock_path(journal_path).exists()


def test_two_parts_of_one_process_do_not_both_hold_it(journal_path: Path) -> None:
    with hold_journal(journal_path):
        assert not is_free(journal_path)
    assert is_free(journal_path)
    with pytest.raises(ZeroDivisionError), hold_journal(journal_path):
        raise ZeroDivisionError
    assert is_free(journal_path)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right on Windows")
def test_another_name_of_the_journal_is_the_same_lock(journal_path: Path, tmp_path: Path) -> None:
    journal_path.parent.mkdir()
    journal_path.touch()
    (tmp_path / "link.db").symlink_to(journal_path)
    with hold_journal(journal_path):
        assert not is_free(tmp_path / "link.db")


def test_the_lock_is_a_file_of_its_own_for_its_owner_alone(journal_path: Path) -> None:
    with hold_journal(journal_path):
        assert lock_path(journal_path) == journal_path.resolve().with_name("journal.db.lock")
        assert not journal_path.exists()
        if sys.platform != "win32":
            assert lock_path(journal_path).stat().st_mode & 0o777 == 0o600


def test_a_place_that_cannot_hold_a_lock_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(JournalError, match="cannot be made"), hold_journal(tmp_path / "file" / "journal.db"):
        raise AssertionError("no lock was taken")


def test_who_waits_gets_it_once_the_holder_lets_go(journal_path: Path) -> None:
    with holder(journal_path) as child:
        threading.Timer(0.2, child.kill).start()
        with hold_journal(journal_path, wait_s=20.0):
            assert child.wait() != 0  # killed, not told: it had the lock until then
    with holder(journal_path), pytest.raises(JournalInUseError), hold_journal(journal_path, wait_s=0.1):
        pass
