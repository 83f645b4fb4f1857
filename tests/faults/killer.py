"""G1: is every acknowledged entry there after kill -9 at any instant of writing, importing, backup and export?"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path

from tests.faults.kit import (
    PHASES,
    SOUND,
    Acks,
    Figures,
    Phase,
    forked,
    killed,
    new_journal,
    reckon,
    timed,
    write_for_ever,
)

MUTANT = "ack_first"
RUNS_A_JOURNAL = 25
LONGEST_S = 0.05


def run(runs: int, seed: int = 1, build: str = SOUND) -> Figures:
    """Kill a writer `runs` times, the same file again and again; each 25th time it is checked wholly."""
    dice, figures, phases = random.Random(seed), Figures("kill -9", build), Counter(dict.fromkeys(PHASES, 0))
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        path = Path()
        for number in range(runs):
            if number % RUNS_A_JOURNAL == 0:
                path = Path(folder, str(number), "journal.db")
                new_journal(path)
            _one(path, dice, figures, phases, whole=number % RUNS_A_JOURNAL == RUNS_A_JOURNAL - 1)
    figures.phases = dict(phases)
    return figures


def _one(path: Path, dice: random.Random, figures: Figures, phases: Counter[str], *, whole: bool) -> None:
    acks, phase = Acks(), Phase()
    child = forked(partial(write_for_ever, path, acks, phase, figures.build, dice.randrange(10**9)))
    if not killed(child, dice.random() * LONGEST_S):
        figures.fail("the writer ended by itself")
    heard = acks.heard()
    figures.runs += 1
    figures.acks += len(heard)
    phases[phase.name] += 1
    reckon(path, heard, figures, whole=whole)
