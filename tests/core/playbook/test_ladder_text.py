"""Is a rung worded as the playbook counts them: four layers, four rungs, none above?"""

from __future__ import annotations

import pytest

from core.playbook.ladder_text import is_top, rung_text, shown_rung


@pytest.mark.parametrize(
    ("rung", "text", "shown"),
    [(0, "rung 0", 0), (1, "rung 1", 1), (3, "rung 3", 3), (4, "all 4 rungs", 4), (37, "all 4 rungs", 4)],
)
def test_rungs_above_the_fourth_are_one(rung: int, text: str, shown: int) -> None:
    assert (rung_text(rung), shown_rung(rung), is_top(rung)) == (text, shown, shown == 4)
    assert rung_text(rung, "*") == text + "*"
