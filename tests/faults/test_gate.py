"""Does the journal lose nothing, and does each harness fail on a broken build? At the sizes of every change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.__main__ import HARNESSES

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(280)
@pytest.mark.parametrize("name", [harness.name for harness in HARNESSES])
def test_nothing_that_was_acknowledged_is_lost(name: str, record_property: Callable[[str, object], None]) -> None:
    """Run in a process of its own: children are forked and killed there, without this one's threads."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "gate", name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    for line in done.stdout.strip().splitlines():
        record_property("figures", line)
    if ": skipped, " in done.stdout:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
