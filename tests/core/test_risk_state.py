"""Does the what-if say that it is one, and what differs?"""

from datetime import date
from typing import Any

import pytest

from core.positions.leg import parse_fill
from core.risk_state import HEAT, ProposedFill, RiskAsked

TICKET = (ProposedFill(parse_fill("+4 VIX 2018-03-21 C 25 @ 1.20"), layer=1),)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"spx": 4900.0}, "SPX 4,900.00"),
        ({"vix": 31.5, "days": 2.5}, "VIX 31.50, in 2.5 days"),
        ({"day": date(2018, 3, 1), "days": 3.0}, "on 2018-03-01"),
        ({"days": 0.0}, "in 0 days"),
        ({"response": "high", "layers": frozenset({3, 1})}, "high VIX response, layers 1, 3"),
        ({"layers": frozenset()}, "layers none"),
        ({"ticket": TICKET}, "1 proposed fill"),
        ({"ssr": 1.0}, "SSR 1"),
    ],
)
def test_whatever_differs_is_told(asked: dict[str, Any], words: str) -> None:
    found = RiskAsked(**asked)
    assert found.is_what_if
    assert found.words == words


def test_looking_at_one_condor_or_at_parts_is_no_what_if() -> None:
    for asked in (RiskAsked(), RiskAsked(condor_id=2), RiskAsked(parts=frozenset({HEAT}))):
        assert not asked.is_what_if
        assert not asked.words
