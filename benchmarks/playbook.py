"""How long does the whole playbook take on a tick? Every rule, state, reason and size, over a full book.

Thirty years of simulated daily data, ten condors with four layers each, a quote of SPX and VIX on top. Measured
apart: the measures of the provisional session, every rule and the state of each layer, the reasons with what would
switch them, the sizing by every rule; and all of it together, which has to fit into a frame.
"""

from __future__ import annotations

import os
import random
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from core.market.quote import Quote
from core.market.snapshot import Ages
from core.monitor.evaluate import evaluate
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.past import make_past
from core.monitor.sizing_now import sizing_now, sizing_of
from core.playbook.layer_state import provisional_steps
from core.playbook.parameters import LAYER_NUMBERS
from core.playbook.readings import Seen
from core.playbook.study import study
from core.playbook.why import layer_why
from db.connection import connect_reader
from db.facts import load_facts
from db.playbooks import load_playbook, playbook_names

if TYPE_CHECKING:
    from core.state import Facts

TICKS, WARM_UP = 200, 20
WHOLE = "the whole playbook"
STEPS = (
    "measures of the session",
    "rules and states",
    "reasons and switches",
    "sizing by every rule",
    "evaluation and sizing",
)
FRAME_MS = 16.6


def facts_of(journal: Path, now: datetime) -> Facts:
    """Return the facts of the journal inside a session."""
    with closing(connect_reader(journal)) as connection:
        return load_facts(connection, load_playbook(), Ages(), now)


def ticked(facts: Facts, number: int, random_: random.Random) -> Facts:
    """Return the facts a second later with a new quote of SPX and of VIX."""
    now = facts.now + timedelta(seconds=number)
    closes = {symbol: float(facts.past.history.column(symbol)[-1]) for symbol in ("SPX", "VIX")}
    moved = {symbol: level * (1 + random_.gauss(0, 0.005)) for symbol, level in closes.items()}
    quotes = {symbol: (Quote(symbol, round(level, 2), now, "feed"),) for symbol, level in moved.items()}
    return replace(facts, now=now, quotes=quotes)


def step_times(ticks: list[Facts]) -> dict[str, list[float]]:
    """Return the times in ms of each step over the ticks."""
    times: dict[str, list[float]] = {}
    for facts in ticks:
        for name, milliseconds in one_tick(facts).items():
            times.setdefault(name, []).append(milliseconds)
    return {name: values[WARM_UP:] for name, values in times.items()}


def one_tick(facts: Facts) -> dict[str, float]:
    """Return the time in ms of each step of one tick."""
    moments, playbook = [perf_counter()], facts.playbook
    live = live_session(facts)
    if live is None:
        raise RuntimeError("the quotes are not newer than the closes")
    moments.append(perf_counter())
    steps = provisional_steps(live.past.triggers, live.measured, playbook, facts.event_days)
    moments.append(perf_counter())
    last = live.measured.history.length - 1
    seen = Seen(live.measured, last, playbook, facts.now, facts.now, events=facts.event_days)
    for number in LAYER_NUMBERS:
        layer_why(steps[number - 1], seen)
    moments.append(perf_counter())
    sizing_of(read_market(facts, live))
    moments.append(perf_counter())
    evaluate(facts)
    sizing_now(facts)
    moments.append(perf_counter())
    spent = [(after - before) * 1000 for before, after in pairwise(moments)]
    return dict(zip(STEPS, spent, strict=True)) | {WHOLE: sum(spent[:4])}


def study_ms(facts: Facts) -> float:
    """Return the time in ms of the study of every preset over the whole history."""
    playbooks = [load_playbook(name) for name in playbook_names()]
    start = perf_counter()
    study(facts.past.history, playbooks, facts.event_days, slice(None))
    return (perf_counter() - start) * 1000


def run() -> list[str]:
    """Return the table as lines."""
    from benchmarks.thirty_years import make_journal, session_after

    with TemporaryDirectory() as folder:
        journal = Path(folder, "journal.db")
        make_journal(journal, datetime.now(UTC))
        facts = facts_of(journal, session_after(journal))
    random_ = random.Random(7)
    ticks = [ticked(facts, number, random_) for number in range(TICKS + WARM_UP)]
    times, start = step_times(ticks), perf_counter()
    make_past(facts.past.history, facts.playbook)
    past_ms = (perf_counter() - start) * 1000
    sessions, condors = facts.past.history.length, len(facts.book.open_condors)
    return [
        f"The playbook on a tick: {TICKS} ticks, {sessions} sessions, {condors} condors with four layers each",
        *(_line(name, values) for name, values in times.items()),
        f"  goal: the whole playbook within a frame, {FRAME_MS} ms",
        f"  after a close, all sessions anew: {past_ms:.0f} ms; study of every preset: {study_ms(facts):.0f} ms",
    ]


def _line(name: str, times: list[float]) -> str:
    p50, p99 = np.percentile(times, (50, 99))
    return f"  {name:24s} p50 {p50:6.2f} ms   p99 {p99:6.2f} ms"


if __name__ == "__main__":
    print("\n".join(run()))
