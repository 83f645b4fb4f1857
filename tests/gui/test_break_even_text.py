"""Are all break-evens written, with profit and loss told apart?"""

from __future__ import annotations

from core.valuation.break_evens import BreakEvens
from gui.break_even_text import break_evens_text, break_evens_tooltip, strikes_text
from tests.gui.states import CONDOR_1, MARCH, break_evens


def test_the_worked_example_of_the_playbook_reads_as_it_is_written_there() -> None:
    # playbook 4.4: 4462.0 | 4727.5 / 5205.8 - loss between the first two, profit below 4462
    found = break_evens(4461.96, 4727.53, 5205.82, kinds="plpl")
    assert break_evens_text(found) == "4,462.0 | 4,727.5 / 5,205.8"


def test_none_and_unknown_are_two_things() -> None:
    assert break_evens_text(BreakEvens(MARCH)) == "never"
    assert break_evens_text(BreakEvens(MARCH, unknown="no VX curve")) == "—"
    assert "no VX curve" in break_evens_tooltip(BreakEvens(MARCH, unknown="no VX curve"), "hedged")


def test_the_tooltip_lists_zones_and_notes() -> None:
    lines = break_evens_tooltip(break_evens(2586.6, 2888.4, kinds="lpl"), "bare").splitlines()
    assert lines[1:4] == [
        "  loss up to 2,586.6",
        "  profit from 2,586.6 up to 2,888.4",
        "  loss from 2,888.4 upward",
    ]
    assert lines[-1] == "Note: rate 1.5 % assumed"


def test_strikes_are_written_from_the_lowest_to_the_highest() -> None:
    assert strikes_text(CONDOR_1) == "SPX 2018-03-16  P 2550/2600  C 2875/2925"
