"""A journal with the real files, condors and layers of 2018 and 2020, made once; skipped where they are absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.shell import Shell
from tests.flow import real_market as real

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def trial_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home that is nobody's."""
    folder = tmp_path_factory.mktemp("trial")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        for name in ("DATA", "CONFIG", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
        yield folder


@pytest.fixture(scope="session")
def trial(trial_home: Path) -> Shell:
    """A journal with the real files, a condor of 2018 with two layers, settled, and one of 2020 with a layer."""
    shell = Shell(trial_home / "journal.db")
    shell.done("import", *real.paths())
    first = ("--puts", "2650/2700", "--calls", "2900/2950", "--credit", "9.40", "--fees", "52.80")
    shell.done("condor", "open", "--expiry", "2018-02-16", "--quantity", "10", *first, "--at", "2018-01-22")
    inner = ("--leg", "+4 VIX 2018-02-14 C 15 @ 0.85", "--leg", "+2 VIX 2018-03-21 C 20 @ 0.65", "--fees", "3.90")
    shell.done("layer", "open", "1", *inner, "--condor", "1", "--at", "2018-01-24T10:30")
    shell.done("layer", "open", "2", "--leg", "+1 VX 2018-03-21 @ 12.65", "--fees", "2.25", "--at", "2018-01-25")
    shell.done("layer", "settle", "1", "--condor", "1", "--value", "25.61", "--at", "2018-02-14")
    shell.done("condor", "settle", "1", "--value", "2727.14", "--at", "2018-02-16")
    shell.done(
        "layer", "close", "1", "--condor", "1", "--leg", "-2 VIX 2018-03-21 C 20 @ 2.05", "--at", "2018-02-20"
    )
    shell.done("layer", "close", "2", "--leg", "-1 VX 2018-03-21 @ 18.35", "--at", "2018-02-20")
    second = ("--puts", "2350/2450", "--calls", "3050/3150", "--credit", "21.5", "--root", "SPXW")
    shell.done("condor", "open", "--expiry", "2020-03-20", "--quantity", "2", *second, "--at", "2020-03-06")
    shell.done(
        "layer", "open", "1", "--leg", "+3 VIX 2020-04-15 C 45 @ 2.10", "--condor", "2", "--at", "2020-03-06"
    )
    return shell


@pytest.fixture(scope="session")
def states(trial: Shell) -> dict[str, dict[str, Any]]:
    return {day: trial.json("status", "--as-of", day) for day in real.DAYS}
