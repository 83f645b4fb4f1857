"""Does the journal lose nothing, and does each harness fail on a broken build? At the sizes of every change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import HARNESSES

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(280)
@pytest.mark.parametrize("name", [harness.name for harness in HARNESSES])
def test_nothing_that_was_acknowledged_is_lost(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Run in a process of its own: children are forked and killed there, without this one's threads."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "gate", name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    with capsys.disabled():
        pass
    if ": skipped, " in done.stdout:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
