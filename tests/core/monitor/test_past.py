"""Does the past hold exactly the sessions that have closed, however much or little data there is?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from core.monitor.past import caught_up, closed_history, make_past, past_until, up_to_date
from tests.core.histories import history_of
from tests.core.monitor.scene import SESSIONS, close_of, facts, market
from tests.core.playbooks import composite


def test_nothing_after_the_moment_is_in_it() -> None:
    for index in (0, 1, 77, SESSIONS - 1):
        assert closed_history(market(), close_of(index)).length == index + 1
        assert closed_history(market(), close_of(index) - timedelta(seconds=1)).length == index
    assert closed_history(market(), close_of(-3)).length == 0


def test_sessions_without_data_are_there_without_values() -> None:
    found = closed_history(market(), close_of(SESSIONS + 4))
    assert found.length == SESSIONS + 5
    for name, column in found.columns.items():
        assert np.isnan(column[-5:]).all()
        assert (column[:-5] == market().columns[name]).all()


def test_no_data_stay_no_data() -> None:
    assert closed_history(history_of(SPX=[]), close_of(5)).length == 0


def test_facts_of_the_moment_are_left_as_they_are() -> None:
    at = facts(close_of(100))
    assert up_to_date(at) is at


def test_facts_that_know_too_much_are_cut() -> None:
    ahead = replace(facts(close_of(SESSIONS - 1)), now=close_of(99))
    found, expected = up_to_date(ahead).past, facts(close_of(99)).past
    assert found.history.length == expected.history.length == 100
    np.testing.assert_array_equal(found.triggers.state, expected.triggers.state)
    np.testing.assert_array_equal(found.measured.edr_pct, expected.measured.edr_pct)


def test_a_cut_past_is_the_past_of_the_cut_history() -> None:
    whole = make_past(market(), composite())
    cut, anew = past_until(whole, 90), make_past(market().until(90), composite())
    np.testing.assert_array_equal(cut.triggers.state, anew.triggers.state)
    for name in ("edr_pct", "macd", "rsi_vix", "divergence_d", "rule_front"):
        np.testing.assert_array_equal(getattr(cut.measured, name), getattr(anew.measured, name))


def test_catching_up_never_forgets_a_close() -> None:
    at = facts(close_of(100))
    assert caught_up(at) is at
    assert caught_up(replace(at, now=close_of(50))).past is at.past
    later = caught_up(replace(at, now=close_of(101)))
    assert later.past.history.length == 102
    assert np.isnan(later.past.measured.spx[-1])
