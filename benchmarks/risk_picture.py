"""How long does the risk picture take? Ten condors with four layers: whole, by part, and as a slider moves."""

from __future__ import annotations

import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from core.monitor.risk import risk, risk_of, scenario, seen
from core.risk_state import CURVES, GAUGES, PARTS, RiskAsked

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.state import Facts

ROUNDS, WARM_UP = 20, 2
GRIDS = (7, 21, 51, 101)


def times_ms(work: Callable[[int], object]) -> list[float]:
    """Return the times in ms of some rounds of the work, each told its number."""
    found = []
    for number in range(ROUNDS + WARM_UP):
        start = perf_counter()
        work(number)
        found.append((perf_counter() - start) * 1000)
    return found[WARM_UP:]


def lines_of(facts: Facts) -> list[str]:
    """Return the table as lines."""
    found, spx = seen(facts), float(facts.past.history.column("SPX")[-1])
    drag = frozenset({CURVES, GAUGES})
    state = risk(facts)
    named: dict[str, Callable[[int], object]] = {
        "the whole picture": lambda _number: risk(facts),
        "a slider: curves, gauges": lambda number: risk_of(found, RiskAsked(spx=spx - number, parts=drag)),
    }
    for part in sorted(PARTS):
        named[f"{part} alone"] = lambda _number, part=part: risk_of(found, RiskAsked(parts=frozenset({part})))
    for side in GRIDS:
        shocks = np.linspace(-15.0, 15.0, side).tolist()
        named[f"scenario {side} x {side}"] = lambda _number, shocks=shocks: scenario(
            facts, RiskAsked(days=7.0), shocks, shocks
        )
    return [
        f"The risk picture: {len(state.legs)} legs, {len(state.curves)} curves on {len(state.grid)} levels",
        *(_line(name, times_ms(work)) for name, work in named.items()),
    ]


def run() -> list[str]:
    """Return the table for the book of the other benchmarks, inside a session."""
    from benchmarks.playbook import facts_of, ticked
    from benchmarks.thirty_years import make_journal, session_after

    with TemporaryDirectory() as folder:
        journal = Path(folder, "journal.db")
        make_journal(journal, datetime.now(UTC))
        facts = facts_of(journal, session_after(journal))
    return lines_of(ticked(facts, 1, random.Random(7)))


def _line(name: str, times: list[float]) -> str:
    p50, p99 = np.percentile(times, (50, 99))
    return f"  {name:24s} p50 {p50:6.2f} ms   p99 {p99:6.2f} ms"


if __name__ == "__main__":
    print("\n".join(run()))
