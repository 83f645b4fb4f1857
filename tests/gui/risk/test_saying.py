"""Does the screen say what to do where there is no picture, and copy what it shows where there is one?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.market.figure import unknown
from gui.risk.saying import heat_notice, payoff_notice, values_table
from tests.gui.risk.risks import no_curve, nothing_held, risk


def test_a_picture_needs_no_words() -> None:
    assert (payoff_notice(risk()), heat_notice(risk())) == ("", "")


@pytest.mark.parametrize("notice", [payoff_notice, heat_notice])
def test_what_is_missing_and_what_to_do(notice) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert "Ctrl+N" in notice(nothing_held())
    assert notice(no_curve()).startswith("VIX 2026-12-16 C 19: no VX future of 2026-12-16. Import the VX futures")
    no_spx = replace(no_curve(), spx=unknown("no close and no quote", "points"))
    assert notice(no_spx).startswith("SPX is unknown: no close and no quote. Type a quote (Ctrl+K)")


def test_the_values_of_every_curve_at_a_level() -> None:
    table = values_table(risk(), 300)  # 3500 + 300 x 5 = 5000
    assert [row[0].text for row in table.rows] == ["now", "in one day", "16 Dec, VIX expiry", "expiry 2026-12-18"]
    assert [cell.value for cell in table.rows[-1][1:6]] == [5000.0, 582.0, 582.0, 582.0, 1342.0]
    assert table.rows[-1][6].value == "4461.96 4727.53 5205.82"
    assert values_table(risk(), None).rows == ()
