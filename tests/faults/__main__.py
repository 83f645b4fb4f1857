"""Which harnesses run, and how often? `python -m tests.faults gate` before every change, `long` before a release.

Names behind the size choose some: `python -m tests.faults long kill damage`. Each line is JSON; a harness whose
broken build keeps its promise proves nothing, so the broken build runs first and must fail. The exit code is 1
where any promise was broken.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from tests.faults import (
    clocks,
    closing_window,
    damage,
    disks,
    iofault,
    keeping,
    killer,
    migrating,
    powercut,
    processes,
    replaced,
    tampering,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.faults.kit import Figures


class Harness(NamedTuple):
    """A harness with its sizes and its broken build; `why_not` says why it cannot run here, "" where it can."""

    name: str
    run: Callable[[int], Figures]
    gate: int
    long: int
    broken: Callable[[int], Figures] | None = None
    broken_runs: int = 20
    why_not: Callable[[], str] = lambda: ""


HARNESSES = (
    Harness("kill", killer.run, 500, 10_000, lambda n: killer.run(n, build=killer.MUTANT)),
    Harness(
        "power", powercut.run, 40, 2_000, lambda n: powercut.run(n, build=powercut.MUTANT), 30, powercut.why_not
    ),
    Harness(
        "power-fallback",
        lambda n: powercut.run(n, build=powercut.FALLBACK),
        10,
        500,
        why_not=powercut.why_not,
    ),
    Harness("io", iofault.run, 480, 2_400, lambda n: iofault.run(n, build=iofault.MUTANT), 48, iofault.why_not),
    Harness("damage", damage.run, 500, 20_000, lambda n: damage.run(n, build=damage.MUTANT), 60),
    Harness("false-alarms", damage.run_untouched, 200, 10_000),
    Harness("log", damage.run_log, 40, 1_000, lambda n: damage.run_log(n, build=damage.LOG_MUTANT), 10),
    Harness("replaced", replaced.run, 10, 200, lambda n: replaced.run(n, build=replaced.MUTANT), 10),
    Harness("migration", migrating.run, 50, 1_000, lambda n: migrating.run(n, build=migrating.MUTANT), 30),
    Harness("backups", keeping.run_backups, 5, 1_000),
    Harness("suspect", keeping.run_suspect, 5, 200, lambda n: keeping.run_suspect(n, build=keeping.BLIND), 2),
    Harness("export", keeping.run_export, 100, 2_000, lambda n: keeping.run_export(n, build=keeping.NAIVE)),
    Harness("restore", keeping.run_restore, 30, 1_000),
    Harness("full-disk", disks.run_full, 1, 20, lambda n: disks.run_full(n, build=disks.MUTANT), 1, disks.why_not),
    Harness("full-start", disks.run_full_start, 1, 20, why_not=disks.why_not),
    Harness("read-only", disks.run_read_only, 2, 20, why_not=disks.why_not),
    Harness("processes", processes.run, 40, 400, lambda n: processes.run(n, build=processes.MUTANT)),
    Harness("clock", clocks.run, 100, 5_000),
    Harness("tampering", tampering.run, 100, 10_000, lambda n: tampering.run(n, build=tampering.MUTANT), 50),
    Harness(
        "closing", closing_window.run, 20, 1_000, lambda n: closing_window.run(n, build=closing_window.MUTANT)
    ),
)


def figures(size: str, names: Sequence[str] = ()) -> Iterator[tuple[Harness, Figures, bool]]:
    """Yield each harness with what it saw and whether that is as it must be: the broken build first."""
    for harness in HARNESSES:
        if names and harness.name not in names:
            continue
        reason = harness.why_not() if hasattr(os, "fork") else "children are forked here, which this system cannot"
        if reason:
            say(f"{harness.name}: skipped, {reason}")
            continue
        if harness.broken is not None:
            broken = harness.broken(harness.broken_runs)
            yield harness, broken, not broken.is_kept
        sound = harness.run(harness.gate if size == "gate" else harness.long)
        yield harness, sound, sound.is_kept


def say(line: str) -> None:
    """Print a line at once: a long run is watched."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(words: Sequence[str]) -> int:
    """Run the harnesses that were asked for, print their figures, return the exit code."""
    if not words or words[0] not in {"gate", "long"}:
        say("say gate or long, then the names of some: " + ", ".join(one.name for one in HARNESSES))
        return 2
    is_kept = True
    for harness, found, is_as_expected in figures(words[0], words[1:]):
        say(f"{'ok  ' if is_as_expected else 'FAIL'} {harness.name}: {found.line()}")
        is_kept &= is_as_expected
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
