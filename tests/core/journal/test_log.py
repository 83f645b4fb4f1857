"""Is an entry told in words in the hedge log?"""

from __future__ import annotations

import pytest

from core.journal.log import alert_words


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("rung:4:2026-11-23", "rung 4 on 2026-11-23"),
        ("breadth:bearish:moderate:2018-01-26", "bearish breadth divergence, moderate, since 2018-01-26"),
        ("stale:VIX:2018-02-02", "VIX unknown after 2018-02-02"),
        ("whatever", "whatever"),
    ],
)
def test_an_acknowledged_alert_is_told_in_words(key: str, words: str) -> None:
    assert alert_words(key) == words
