"""Is the plain record whole: every null with its reason, every number finite, the same through JSON?"""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.journal import acts
from core.market.figure import known, unknown
from core.monitor.plain import Unknown, plain_record
from core.monitor.record import status_record
from tests.core.histories import history_of, random_history
from tests.core.journal.desk import Desk, d, legs
from tests.core.monitor.scene import SESSIONS, close_of, open_of, quote, state

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = {
    "spx": {"value", "time", "source", "age_s"},
    "vix": {"value", "time", "source", "age_s"},
    "edr": {"value_pct", "points", "formula", "inputs", "zone"},
    "ladder": {"rung", "step_coverage_pct", "layer_depth_pct", "coverage_pct", "next_trigger_pct", "distance_pct"},
    "vix_indicators": {"sma20", "macd", "macd_signal", "rsi14"},
    "spx_indicators": {"rsi14", "hv20_pct"},
    "breadth": {"universe", "ad_line", "rana", "divergence"},
    "curve": {"vx1", "vx2", "backwardation_pct", "rule_backwardation_pct"},
}
TEXTS = """
as_of name hash time source formula zone unit note notes universe kind grade trigger reason since provisional
position rule says part opened_at leg legs flags root expiry status side key title text oldest_input horizon
quotes_refused session turns symbol name about known_at next day
"""
WORDS = frozenset(TEXTS.split())


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from leaves(value, f"{path}.{index}")
    else:
        yield path, node


def check(record: dict[str, Any]) -> None:
    """Each null has a reason, each reason a null; numbers are finite; words stand only where words belong."""
    reasons = record["unknown"]
    found = dict(leaves({key: value for key, value in record.items() if key != "unknown"}))
    assert {path for path, value in found.items() if value is None} == set(reasons)
    assert all(isinstance(reason, str) and reason.strip() for reason in reasons.values())
    for path, value in found.items():
        name = next((part for part in reversed(path.split(".")) if not part.isdigit()), "")
        if isinstance(value, float):
            assert math.isfinite(value), path
        elif isinstance(value, str):
            assert name in WORDS, path
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def booked() -> Desk:
    """Return a book of 2010: a condor with a layer of its own, a layer of the book, a condor of XSP."""
    desk = Desk()
    at = datetime(2010, 6, 1, 15, 0, tzinfo=UTC)
    terms = {"at": at, "expiry": date(2010, 8, 20)}
    desk.do(acts.open_condor, puts=(d("1700"), d("1725")), calls=(d("2225"), d("2250")), **terms)
    xsp = {"root": "XSP", "puts": (d("170"), d("175")), "calls": (d("222"), d("225")), "credit": d("1")}
    desk.do(acts.open_condor, **xsp, **terms)
    desk.do(acts.open_layer, fills=legs("+4 VIX 2010-09-15 C 30 @ 1.20"), condor_id=1, at=at)
    desk.do(acts.open_layer, number=2, fills=legs("+100 VXX @ 27.1", "+1 VX 2010-08-18 @ 25.10"), at=at)
    return desk


@pytest.mark.parametrize("minutes", [0, 31])
def test_the_record_of_a_session_in_progress_is_whole(minutes: int) -> None:
    typed = open_of(SESSIONS, 60)
    asked = open_of(SESSIONS, 60 + minutes)
    found = status_record(state(asked, quote("SPX", 2100.0, typed), quote("VIX", 25.0, typed), book=booked().book))
    check(found)
    assert found["simulated"] is False
    for name, keys in KEYS.items():
        assert keys <= set(found[name])
    assert set(found["breadth"]["divergence"]) == {"kind", "grade", "d", "sessions"}
    assert [layer["number"] for layer in found["layers"]] == [1, 2, 3, 4]
    assert [condor["id"] for condor in found["condors"]] == [1, 2]
    assert {"bare", "hedged"} <= set(found["condors"][0]["break_evens"])
    assert set(found["condors"][0]["distance"]) == {"short_put", "short_call"}
    assert (found["spx"]["value"] is None) is (minutes == 31)


def test_the_numbers_are_those_of_the_state() -> None:
    seen = state(close_of(SESSIONS - 1), book=booked().book)
    found = status_record(seen)
    assert found["as_of"] == "2010-07-23T20:00:00Z"
    assert found["spx"]["value"] == seen.spx.value
    assert found["edr"]["value_pct"] == seen.edr.value
    assert found["ladder"]["coverage_pct"] == seen.ladder.coverage.value
    assert found["condors"][0]["break_evens"]["bare"] == list(seen.condors[0].bare.points)
    assert found["condors"][0]["cash"] == 5200.0
    assert found["playbook"] == {"name": "composite", "hash": seen.playbook_hash}


def test_the_record_without_any_market_is_whole() -> None:
    check(status_record(state(close_of(SESSIONS), history=history_of(SPX=[]), book=booked().book)))
    check(status_record(state(close_of(SESSIONS), history=history_of(SPX=[]))))


def test_the_record_of_a_moment_before_the_first_session_is_whole() -> None:
    found = status_record(state(close_of(-30)))
    check(found)
    assert found["spx"]["value"] is None


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 9999),
    gaps=st.sampled_from([0.0, 0.05, 0.4, 1.0]),
    session=st.integers(0, 99),
    minutes=st.sampled_from([-400, 0, 61]),
    quoted=st.sets(st.sampled_from(["SPX", "VIX", "VIX9D", "VX1", "VX2", "VX8"])),
)
def test_no_gap_breaks_the_record(seed: int, gaps: float, session: int, minutes: int, quoted: set[str]) -> None:
    now = close_of(session, minutes)
    quotes = [quote(name, 20.0 + len(name), close_of(session, minutes - 20)) for name in quoted]
    check(status_record(state(now, *quotes, history=random_history(seed, 100, gaps), book=booked().book)))


def test_figures_become_numbers_and_reasons() -> None:
    tree = {
        "a": known(1.5, "%"),
        "b": [unknown("no VIX"), {"c": Unknown("why")}],
        "when": datetime(2018, 2, 5, 21, 0, tzinfo=UTC),
        "day": date(2018, 2, 5),
        "cash": Decimal("12.30"),
        "word": "x",
    }
    assert plain_record(tree) == {
        "a": 1.5,
        "b": [None, {"c": None}],
        "when": "2018-02-05T21:00:00Z",
        "day": "2018-02-05",
        "cash": 12.3,
        "word": "x",
        "unknown": {"b.0": "no VIX", "b.1.c": "why"},
    }


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_loud(bad: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        plain_record({"a": [bad]})
