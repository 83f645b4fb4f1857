"""Does what a rule saw carry time, source and age, and is a distance said as a trader says it?"""

from datetime import UTC, datetime

import numpy as np
import pytest

from core.market.figure import Input
from core.measures.measured import MeasureSettings, measure
from core.playbook.readings import DERIVED, Seen, beside
from tests.core.histories import NAN, history_of
from tests.core.playbooks import composite

CLOSE = datetime(2018, 2, 5, 21, 0, tzinfo=UTC)  # 16:00 in New York
NOW = datetime(2018, 2, 5, 21, 10, tzinfo=UTC)


def seen(**more: object) -> Seen:
    history = history_of("2018-02-02", SPX=[2762.13, 2648.94], VIX=[17.31, 37.32], VX1=[NAN, 33.225])
    return Seen(measure(history, MeasureSettings()), 1, composite(), **more)


def test_a_close_has_the_time_of_its_session_and_its_source() -> None:
    assert seen().close("VIX", "vix") == Input("VIX", 37.32, "points", CLOSE, "made up")
    assert seen(now=NOW).close("VIX", "vix").age_s == 600


def test_a_value_made_of_closes_says_so() -> None:
    assert seen().input("HV20", None, "%").source == DERIVED


def test_a_live_quote_keeps_its_own_time_source_and_age() -> None:
    quote = Input("VIX", 40.1, "points", NOW, "typed", 3.0)
    live = seen(time=NOW, now=NOW, live={"VIX": quote})
    assert live.close("VIX", "vix") == quote
    assert live.close("SPX", "spx").time == CLOSE


def test_in_a_session_in_progress_what_has_no_quote_is_of_the_close_before() -> None:
    at = datetime(2018, 2, 5, 16, 30, tzinfo=UTC)
    quote = Input("VIX", 37.32, "points", datetime(2018, 2, 5, 16, 20, tzinfo=UTC), "typed", 600.0)
    live = seen(time=at, now=at, live={"VIX": quote})
    line = live.input("A/D line", 15_433.0, "issues", "BREADTH:SP500.advances")
    friday = datetime(2018, 2, 2, 21, 0, tzinfo=UTC)
    assert (line.time, line.age_s) == (friday, (at - friday).total_seconds())
    macd = live.made("MACD", "macd", "points", "VIX")
    assert (macd.time, macd.source, macd.age_s) == (quote.time, "typed", 600.0)
    assert live.made("HV20", "hv20_pct", "% a year", "SPX").time == friday


def test_futures_by_number() -> None:
    assert seen().future(1).value == 33.225
    assert seen().future(2).value is None


def test_the_first_reason_that_is_found_is_told() -> None:
    assert seen().missing("vix", "vix_sma20") == "VIX: 2 sessions of history, 20 are needed"
    assert seen().missing("vix") == "it cannot be computed from these values"
    assert np.isfinite(seen().measured.vix[1])


@pytest.mark.parametrize(
    ("value", "threshold", "decimals", "told"),
    [
        (0.97, 0.95, 2, "0.02 above"),
        (0.88, 0.95, 2, "0.07 below"),
        (0.8974, 0.90, 2, "0.003 below"),
        (0.9 + 1e-10, 0.90, 2, "at"),
        (1e-8, 0.0, 1, "0.00000001 above"),
        (41.2, 35.0, 1, "6.2 above"),
    ],
)
def test_beside(value: float, threshold: float, decimals: int, told: str) -> None:
    assert beside(value, threshold, decimals) == told
