"""Does an alert come when a rung is crossed, breadth diverges or data are stale, until it is acknowledged?"""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.positions.book import Book
from tests.core.histories import at, history_of, real_history
from tests.core.monitor.scene import SESSIONS, close_of, market, open_of, quote, state, with_columns
from tests.core.playbooks import changed

CLOSED, NOON = close_of(SESSIONS - 1), open_of(SESSIONS, 150)
BY_VIX = changed(edr__formula="B")
DAY = market().days[-1]


def levels(*edr: float):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return the market with the last EDR values (formula B) as given."""
    vix = market().columns["VIX"].copy()
    vix[-len(edr) :] = [value * math.sqrt(252) for value in edr]
    return with_columns(market(), VIX=vix)


def keys(found, kind: str) -> list[str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    return [alert.key for alert in found.alerts if alert.key.startswith(kind)]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0.88, 0.96, "up to rung 2"),
        (1.06, 0.91, "down to rung 1"),
        (0.96, 0.80, "down to rung 0"),
        (0.96, 2.70, "up to all 4 rungs"),  # (2.70 - 0.90) / 0.05 + 1 = 37, but no layer waits above the fourth
    ],
)
def test_a_rung_crossed_on_a_close(before: float, after: float, said: str) -> None:
    found = state(CLOSED, history=levels(before, after), playbook=BY_VIX)
    (alert,) = [one for one in found.alerts if one.key.startswith("rung")]
    assert alert.title == f"EDR {said}"
    assert "(on a close)" in alert.text
    assert alert.time == CLOSED


def test_within_a_rung_nothing_is_said() -> None:
    assert keys(state(CLOSED, history=levels(0.96, 0.99), playbook=BY_VIX), "rung") == []


def test_above_the_last_layers_rung_nothing_is_told() -> None:
    assert keys(state(CLOSED, history=levels(1.06, 2.70), playbook=BY_VIX), "rung") == []


def test_a_live_crossing_is_told_against_the_last_close() -> None:
    history = levels(0.80, 0.91)
    quiet = state(NOON, quote("VIX", 0.94 * math.sqrt(252), NOON), history=history, playbook=BY_VIX)
    assert keys(quiet, "rung") == []
    crossed = state(NOON, quote("VIX", 1.01 * math.sqrt(252), NOON), history=history, playbook=BY_VIX)
    (alert,) = [one for one in crossed.alerts if one.key.startswith("rung")]
    assert "from rung 1 to rung 3 (provisional, not a close)" in alert.text
    assert alert.time == NOON


def test_an_unknown_edr_crosses_nothing() -> None:
    history = levels(0.80, 1.20)
    gone = with_columns(history, VIX=np.append(history.columns["VIX"][:-1], np.nan))
    assert keys(state(CLOSED, history=gone, playbook=BY_VIX), "rung") == []


def test_stale_data_are_told_by_symbol() -> None:
    found = state(close_of(SESSIONS))
    assert keys(found, "stale") == [
        f"stale:{name}:{market().calendar.days[market().first + SESSIONS]}" for name in ("SPX", "VIX")
    ]
    assert keys(state(CLOSED), "stale") == []


def test_what_is_acknowledged_is_quiet_and_the_rest_is_not() -> None:
    late = close_of(SESSIONS)
    first, second = keys(state(late), "stale")
    assert keys(state(late, book=Book(acknowledged=frozenset({first}))), "stale") == [second]


def test_an_empty_journal_has_no_alert() -> None:
    assert state(NOON, history=history_of(SPX=[])).alerts == ()


def test_breadth_that_diverges_is_told_with_its_grade() -> None:
    history = real_history()
    seen = set()
    for day in history.days[at(history, "2017-01-03") : at(history, "2018-06-01")]:
        found = state(history.calendar.close_of(day.item()), history=history)
        told = keys(found, "breadth")
        graded = found.divergence.grade in {"minor", "moderate", "pronounced"}
        assert bool(told) is (found.divergence.kind not in {"", "none"} and graded)
        if told:
            first = history.days[at(history, str(day)) - int(found.divergence.sessions.value) + 1]
            assert told == [f"breadth:{found.divergence.kind}:{found.divergence.grade}:{first}"]
            seen.add(found.divergence.kind)
        if len(seen) == 2:
            return
    assert seen
