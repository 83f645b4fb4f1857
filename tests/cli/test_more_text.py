"""Do the further lines of the status say each figure with its unit, and each reason once?"""

from dataclasses import replace
from datetime import date

from cli.figure_text import said_once
from cli.more_text import more_lines
from cli.text import status_text
from core.market.events import MarketEvent
from core.monitor.evaluate import evaluate
from tests.core.monitor.scene import SESSIONS, close_of, facts, state

NOW = close_of(SESSIONS - 1, 60)  # Friday 2010-07-23


def lines_of(given: object) -> list[str]:
    return said_once(more_lines(given)).splitlines()  # type: ignore[arg-type]


def test_range_and_sigma_stand_side_by_side() -> None:
    shown = state(NOW)
    edr, points = shown.edr.value, shown.edr_points.value
    assert edr is not None
    assert points is not None
    expected = f"expected high-low range {1.5957691 * edr:.2f} % = {1.5957691 * points:,.0f} points"
    assert lines_of(shown)[0] == f"range    EDR (1 sigma close) {edr:.2f} % = {points:,.0f} points; {expected}"


def test_a_missing_bar_is_told_once_for_four_estimators() -> None:
    (line,) = [line for line in lines_of(state(NOW)) if line.startswith("realised")]
    assert line.count("no SPX.open was imported") == 1
    assert line.count("unknown") == 4


def test_events_with_and_without_a_date() -> None:
    given = replace(facts(NOW), events=(MarketEvent(date(2010, 8, 10), "FOMC"),))
    line = lines_of(evaluate(given))[-1]
    # 26 to 30 July are five sessions, 2 to 6 August five, 9 and 10 two
    assert line.startswith("events   FOMC in 12 sessions (2010-08-10), CPI unknown (no CPI date is known")


def test_the_status_has_them_before_the_layers() -> None:
    text = status_text(state(NOW))
    assert text.index("range    EDR") < text.index("events   FOMC") < text.index("layer 1")
    assert lines_of(replace(state(NOW), more=None)) == []
