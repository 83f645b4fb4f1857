"""Do the peers of the engine's benchmark find the engine's roots? Otherwise their times would compare nothing."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.valuation import AGREE_POINTS, c_ticks, engine_ticks, held, library_ticks
from benchmarks.valuation_peers import CLoop
from core.valuation.break_evens import break_evens_at_expiry

CONDORS = 6


def test_the_loop_in_c_finds_the_same_roots(tmp_path: Path) -> None:
    loop = CLoop(tmp_path)
    if loop.missing:
        pytest.skip(loop.missing)
    one = held(CONDORS)
    _, ours = engine_ticks(one)
    _, theirs = c_ticks(one, loop)
    assert theirs == pytest.approx(ours.roots, abs=AGREE_POINTS)


@pytest.mark.parametrize(("name", "package"), [("QuantLib", "QuantLib"), ("vollib", "vollib.black")])
def test_the_libraries_find_the_same_roots(name: str, package: str) -> None:
    pytest.importorskip(package)
    one = held(CONDORS)
    _, ours = engine_ticks(one)
    assert np.isfinite(ours.roots).all()
    library_ticks(one, ours, 1, name)  # raises where a root is another


def test_the_book_has_four_layers_and_all_its_break_evens_are_known() -> None:
    from benchmarks.valuation_book import market

    one = held(CONDORS)
    assert len(one.table.terms) == 8 * CONDORS
    assert set(one.table.terms.layer.tolist()) == {0, 1, 2, 3, 4}
    for found in break_evens_at_expiry(one.table, one.groups, market()):
        assert found.unknown == ""
        assert len(found.points) >= 2
