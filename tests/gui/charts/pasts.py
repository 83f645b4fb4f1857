"""Which pasts do the charts' tests draw? Arrays written out by hand, on weekdays that are all sessions."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import SessionCalendar
from core.market.series import History
from core.market.times import new_york
from core.measures.measured import Measured
from core.playbook.layer_state import TriggerHistory
from core.playbook.parameters import Playbook, parse_playbook
from core.playbook.verdict import TRIGGERS, Trigger
from core.state import Past

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).parents[3]
INT8, INT32, BOOL = np.int8, np.int32, np.bool_
KINDS = {
    "divergence": INT8,
    "divergence_grade": INT8,
    "divergence_sessions": INT32,
    "rule_front": INT8,
    "edr_stands_in": BOOL,
}


@cache
def weekdays(count: int) -> SessionCalendar:
    """Return `count` weekdays from Monday 2018-01-01, each from 9:30 to 16:00 in New York."""
    days = np.busday_offset("2018-01-01", np.arange(count))
    closes = np.array([int(new_york(day.item()).timestamp()) for day in days], dtype=np.int64)
    return SessionCalendar(days, closes - 23_400, closes)


@cache
def playbook() -> Playbook:
    """Return the default playbook: rungs at 0.90, 0.95, 1.00 and 1.05 %, red above 1.10 %."""
    text = (ROOT / "resources" / "playbooks" / "composite.toml").read_text(encoding="utf-8")
    return parse_playbook(text, "composite")


def measured(history: History, **columns: NDArray[np.generic]) -> Measured:
    """Return measures that are NaN (or zero, where they are integers) but for the columns given."""
    arrays: dict[str, object] = {}
    for field in fields(Measured):
        if field.name not in {"history", "edr_formula", "universe", "settings", "vx"}:
            empty = np.zeros(history.length, KINDS[field.name]) if field.name in KINDS else nothing(history.length)
            arrays[field.name] = columns.get(field.name, empty)
    vx = np.full((history.length, 8), np.nan)
    return Measured(history=history, edr_formula="A", universe="NYSE", vx=vx, **arrays)  # type: ignore[arg-type]


def nothing(count: int) -> NDArray[np.float64]:
    """Return so many gaps."""
    return np.full(count, np.nan)


def triggers(states: list[list[Trigger]]) -> TriggerHistory:
    """Return a history of the four layers' states; the rest of it is empty, the charts do not read it."""
    state = np.array([[TRIGGERS.index(trigger) for trigger in row] for row in states], dtype=INT8).reshape(4, -1)
    words, numbers = np.zeros_like(state), np.zeros(state.shape, INT32)
    flags = np.zeros(state.shape, BOOL)
    return TriggerHistory(
        0, state, words, words, words, numbers, flags, words, flags, numbers, MappingProxyType({})
    )


def past(length: int, states: list[list[Trigger]] | None = None, **columns: NDArray[np.generic]) -> Past:
    """Return a past of so many sessions; the calendar knows 40 more."""
    history = History(weekdays(length + 40), 0, length)
    found = triggers(states or [[Trigger.OFF] * length] * 4)
    return Past(history, measured(history, **columns), found)


def walk(length: int, seed: int = 3) -> NDArray[np.float64]:
    """Return a seeded random walk around 100."""
    return 100 + np.cumsum(np.random.default_rng(seed).normal(0, 1, length))


def full_past(length: int = 300) -> Past:
    """Return a past with every series there: a calm EDR that ends above the ladder, one layer confirmed."""
    edr = np.linspace(0.5, 1.2, length)
    spx = 2500 + 5 * (walk(length) - 100)
    divergence, grade = np.zeros(length, INT8), np.zeros(length, INT8)
    divergence[100:105], grade[100:105] = 1, (1, 1, 2, 3, 3)
    sessions = np.zeros(length, INT32)
    sessions[100:105] = range(1, 6)
    confirmed = [Trigger.OFF] * (length - 20) + [Trigger.ARMED] * 5 + [Trigger.CONFIRMED] * 15
    return past(
        length,
        [confirmed, [Trigger.OFF] * length, [Trigger.BLOCKED] * length, [Trigger.UNKNOWN] * length],
        spx=spx,
        vix=10 + edr * 10,
        vix_sma20=9 + edr * 10,
        vix_sd20=np.full(length, 2.0),
        edr_pct=edr,
        edr_points=edr / 100 * spx,
        ad_line=1000 * (walk(length, 5) - 100),
        divergence=divergence,
        divergence_grade=grade,
        divergence_sessions=sessions,
    )


def moment(day: date, hour: int) -> datetime:
    """Return a full hour of a day, UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
