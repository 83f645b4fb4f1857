"""Does the text say each thing once, with its unit, and nothing that a file of figures would not?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from cli.text import break_evens_text, condor_lines, figure, layer_lines, said_once, status_text, unknown_text
from core.market.figure import known, unknown
from core.valuation.break_evens import BreakEvens
from core.valuation.zones import Zone
from tests.core.monitor.scene import SESSIONS, close_of, open_of, quote, state
from tests.core.monitor.test_record import booked


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (2648.94, "points", "2,648.94 points"),
        (2.7236, "%", "2.72 %"),
        (61.0, "", "61.00"),
        (-0.5, "EDR", "-0.50 EDR"),
    ],
)
def test_a_figure_has_its_unit(value: float, unit: str, said: str) -> None:
    assert figure(known(value, unit)) == said
    assert figure(replace(known(value, unit), is_provisional=True)) == f"{said} (provisional)"


def test_a_reason_is_told_where_it_first_stands() -> None:
    lines = [
        f"a {unknown_text('no VIX')}, b {unknown_text('no VIX')}",
        f"c {unknown_text('no SPX')} d {unknown_text('no VIX')}",
    ]
    assert said_once(lines) == "a unknown (no VIX), b unknown\nc unknown (no SPX) d unknown"
    assert said_once([figure(unknown("why (so)"))]) == "unknown (why (so))"


def test_the_numbers_of_the_text_are_those_of_the_state() -> None:
    seen = state(close_of(SESSIONS - 1), book=booked().book)
    text = status_text(seen)
    assert f"SPX      {seen.spx.value:,.2f} points" in text
    assert f"EDR      {seen.edr.value:.3f} % = {seen.edr_points.value:.2f} points" in text
    assert f"RANA {seen.rana.value:,.3f}" in text
    for condor in seen.condors:
        assert "  ".join(f"{point:,.2f}" for point in condor.bare.points) in text
    assert len(list(layer_lines(seen))) == 4 + 3
    assert sum(line.startswith("condor") for line in condor_lines(seen)) == 2


def test_provisional_figures_say_so() -> None:
    noon = open_of(SESSIONS, 150)
    text = status_text(state(noon, quote("SPX", 2100.0, noon), quote("VIX", 60.0, noon)))
    assert "% (provisional) = " in text
    assert ", provisional), position none" in text


def test_zones_without_an_end_say_below_and_above() -> None:
    zones = (Zone("loss", None, 2600.5, 0.0, -5000.0), Zone("profit", 2600.5, None, 250.0, 0.0))
    text = break_evens_text("condor 1", None, BreakEvens(None, (2600.5,), zones, notes=("assumed",)))
    assert text.splitlines() == [
        "condor 1",
        "hedged  2,600.50",
        "  loss    below .. 2,600.50  best $0  worst -$5,000",
        "  profit  2,600.50 .. above  best $250  worst $0",
        "  note: assumed",
    ]


def test_what_never_breaks_even_says_none() -> None:
    assert "hedged  none" in break_evens_text("x", None, BreakEvens(None))
