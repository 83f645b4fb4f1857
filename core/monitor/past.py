"""What follows from the closes alone? Of exactly the sessions that have closed: no more and no less."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.measures.measured import measure
from core.playbook.layer_state import trigger_history
from core.playbook.parameters import measure_settings
from core.playbook.rules_calendar import event_days
from core.state import Past

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.market.events import MarketEvent
    from core.market.series import History
    from core.playbook.parameters import Playbook
    from core.state import Facts


def make_past(history: History, playbook: Playbook, events: Iterable[MarketEvent] = ()) -> Past:
    """Return all that follows from the closes and the days of announcements: measures, and triggers by session."""
    measured = measure(history, measure_settings(playbook))
    return Past(history, measured, trigger_history(measured, playbook, event_days(events)))


def closed_history(history: History, now: datetime) -> History:
    """Return the history of exactly the sessions that have closed by `now`.

    Nothing later is in it; sessions that have closed since the last data are there without values, so that
    what depends on them is unknown.
    """
    length = max(history.calendar.closed_by(now) - history.first, 0)
    if length <= history.length or not history.length:
        return history.until(length)
    missing = np.full(length - history.length, np.nan)
    columns = {name: np.append(values, missing) for name, values in history.columns.items()}
    return replace(history, length=length, columns=columns)


def up_to_date(facts: Facts) -> Facts:
    """Return the facts with a past of exactly the sessions that have closed by `facts.now`.

    The same facts but for the moment after a close, and for a look from an earlier date: then everything that
    follows from the closes is made anew (20 ms for 30 years).
    """
    history = facts.past.history
    closed = max(history.calendar.closed_by(facts.now) - history.first, 0)
    if not history.length or closed == history.length:
        return facts
    return replace(facts, past=make_past(closed_history(history, facts.now), facts.playbook, facts.events))


def caught_up(facts: Facts) -> Facts:
    """Return the facts with the sessions that have closed since; never with fewer, whatever the clock says."""
    found = up_to_date(facts)
    return found if found.past.history.length > facts.past.history.length else facts


def past_until(past: Past, length: int) -> Past:
    """Return what followed from the first `length` sessions."""
    return Past(past.history.until(length), past.measured.until(length), past.triggers.until(length))
