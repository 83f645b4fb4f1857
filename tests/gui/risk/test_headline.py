"""Does the headline say P/L, the nearest break-evens and the worst case, or why they are unknown?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.market.figure import known
from core.monitor.risk_nearest import nearest_break_evens
from gui.risk.headline import Headline, headline
from tests.gui.risk.risks import no_curve, nothing_held, risk, what_if

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from core.risk_state import RiskState
    from gui.theme import Theme

EDR_POINTS = known(50.0, "points")


def said(state: RiskState) -> dict[str, str]:
    cells = headline(state, nearest_break_evens(state, EDR_POINTS))
    return {name: f"{cell.caption}: {cell.big}; {cell.below}" for name, cell in cells.items()}


def test_the_headline_of_the_worked_example() -> None:
    found = said(risk())
    assert found["profit"] == "P/L at SPX 5,000.0, VIX 18.0: -$48; condors alone +$120"
    assert found["hedged"] == "nearest break-even hedged, call side: ▲ 5,205.8; 205.8 points, 4.1 EDR"
    assert found["bare"] == "condors alone, call side: ▲ 5,213.4; 213.4 points, 4.3 EDR"
    assert found["worst"] == "worst at expiry, SPX 5,250: -$4,418; put side -$2,904   call side -$4,418"
    assert found["theta"] == "theta a day: +$31; SPX +1 % +$182"


def test_the_headline_of_a_what_if_says_so_and_a_crossed_break_even_too() -> None:
    state = what_if()
    assert said(state)["profit"].startswith("what-if P/L at SPX 4,800.0, VIX 23.9: -$420")
    below = replace(state, point=replace(state.point, spx=known(4700.0, "points")))
    assert said(below)["hedged"].endswith("▼ 4,727.5; -27.5 points, -0.6 EDR, crossed")


def test_an_unknown_headline_says_why(qtbot: QtBot, theme: Theme) -> None:
    found = said(no_curve())
    assert set(found) == {"profit", "hedged", "bare", "worst", "theta"}
    for name in ("profit", "hedged", "worst"):
        assert found[name].endswith("—; VIX 2026-12-16 C 19: no VX future of 2026-12-16")
    row = Headline(theme)
    qtbot.addWidget(row)
    row.show_state(no_curve(), nearest_break_evens(no_curve(), EDR_POINTS))
    assert "no VX future" in row.cells["hedged"].accessibleName()


def test_an_empty_book_has_no_break_even_and_nothing_to_lose() -> None:
    found = said(nothing_held())
    assert found["profit"].startswith("P/L at SPX 5,000.0, VIX 18.0: $0;")
    assert found["hedged"].endswith("—; no position is open")
    assert found["worst"].endswith("—; no condor is open")
