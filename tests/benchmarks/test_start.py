from __future__ import annotations

import pytest

from benchmarks.start import BARE, HEAVY, marks_of, table


def mark(what: str, ms: float, mb: float = 100.0, *loaded: str) -> dict[str, object]:
    return {"what": what, "ms": ms, "mb": mb, "loaded": list(loaded)}


def test_ratios_are_of_the_medians() -> None:
    found = {
        "bare window": [mark("bare window", ms) for ms in (80, 100, 400)],
        "bare pyqtgraph panes": [mark("bare pyqtgraph panes", ms) for ms in (300, 310, 200)],
        "shell": [mark("shell", ms) for ms in (110, 900, 115)],
        "charts filled": [mark("charts filled", ms, 140, "numpy") for ms in (330, 360, 390)],
    }
    lines = table(found)
    assert "  shell / bare window: 1.15 (goal at most 1.2)" in lines
    assert "  charts filled / bare pyqtgraph panes: 1.20 (goal at most 1.25)" in lines
    assert any(line.endswith("loaded: numpy") for line in lines)


def test_a_fresh_process_says_when_it_painted_and_that_nothing_heavy_was_loaded(tmp_path: object) -> None:
    (found,) = marks_of(BARE, home=str(tmp_path))
    assert found["what"] == "bare window"
    assert 10 < float(str(found["ms"])) < 30_000
    assert found["loaded"] == []
    assert "pandas" in HEAVY


def test_a_process_that_fails_is_not_taken_for_a_fast_one(tmp_path: object) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        marks_of("1 / 0", home=str(tmp_path))
