"""Does an unknown measure say which value is missing, and a known one nothing?"""

from dataclasses import fields, replace

import numpy as np
import pytest

from core.measures.measured import Measured, MeasureSettings, measure
from core.measures.missing import column_label, gap, why_missing
from tests.core.histories import NAN, history_of, random_history

FIRST = "2010-01-04"


def without(column: str, *sessions: int) -> Measured:
    history = random_history(5, 120)
    values = history.column(column).copy()
    values[list(sessions)] = NAN
    return measure(replace(history, columns={**history.columns, column: values}), MeasureSettings())


@pytest.mark.parametrize(
    ("column", "session", "name", "told"),
    [
        ("VIX", 119, "vix", "no VIX on {day}"),
        ("SPX", 110, "hv20_pct", "no SPX on {day}, and 21 sessions in a row are needed"),
        ("SPX", 99, "edr_pct", "no SPX on {day}, and 21 sessions in a row are needed"),
        ("VIX9D", 119, "edr_pct", "no VIX9D on {day}"),
        ("VIX", 119 - 33, "macd", "no VIX on {day}, and 34 sessions in a row are needed"),
        ("VIX", 105, "rsi_vix", "no VIX on {day}, and 15 sessions in a row are needed"),
        ("BREADTH:NYSE.advances", 119, "ad_line", "no breadth of NYSE on {day}"),
        (
            "BREADTH:NYSE.declines",
            100,
            "divergence",
            "no breadth of NYSE on {day}, and 20 sessions in a row are needed",
        ),
        ("VX2", 119, "backwardation_pct", "no VX2 on {day}"),
    ],
)
def test_the_missing_day_is_named(column: str, session: int, name: str, told: str) -> None:
    measured = without(column, session)
    assert not np.isfinite(getattr(measured, name)[-1]) or getattr(measured, name)[-1] == -1
    assert why_missing(measured, name, 119) == told.format(day=measured.history.days[session])


def test_a_known_measure_has_no_reason() -> None:
    measured = without("VIX", 20)
    names = {each.name for each in fields(Measured)} - {
        "history",
        "edr_formula",
        "universe",
        "settings",
        "vix9d_used",
        "edr_stands_in",
        "divergence_sessions",
        "divergence_grade",
        "vx",
        "rule_front",
    }
    for name in names:
        assert np.isfinite(getattr(measured, name)[-1])
        assert why_missing(measured, name, 119) == ""


@pytest.mark.parametrize("session", [86, 100, 118])
@pytest.mark.parametrize("column", ["SPX", "VIX", "VIX9D", "VX1", "BREADTH:NYSE.declines"])
def test_there_is_a_reason_exactly_where_a_measure_is_unknown(session: int, column: str) -> None:
    measured = without(column, session)
    for name in (
        "edr_pct",
        "macd",
        "rsi_vix",
        "rsi_spx",
        "rana",
        "divergence_d",
        "backwardation_pct",
        "rv_iv_pct",
    ):
        for index in range(session, 120):
            unknown = not np.isfinite(getattr(measured, name)[index])
            assert bool(why_missing(measured, name, index)) == unknown, (name, index)


def test_what_was_never_imported_and_what_is_too_short_are_told() -> None:
    history = history_of(FIRST, SPX=np.linspace(2000, 2010, 12), VIX=np.full(12, NAN))
    measured = measure(history, MeasureSettings())
    assert why_missing(measured, "hv20_pct", 11) == "SPX: 12 sessions of history, 21 are needed"
    assert gap(history, "VX1", 11) == "no VX1 was imported"
    assert gap(history, "VIX", 3) == "no VIX up to 2010-01-07"
    assert why_missing(measured, "divergence", 11) == "no breadth was imported"


def test_vix_is_what_is_missing_where_it_stands_in() -> None:
    columns = {name: values.copy() for name, values in random_history(5, 60).columns.items() if name != "VIX9D"}
    columns["VIX"][59] = NAN
    measured = measure(replace(random_history(5, 60), columns=columns), MeasureSettings())
    assert why_missing(measured, "edr_pct", 59) == f"no VIX on {measured.history.days[59]}"


def test_labels() -> None:
    assert column_label("BREADTH:SP500.advances") == "breadth of SP500"
    assert column_label("VIX9D") == "VIX9D"
