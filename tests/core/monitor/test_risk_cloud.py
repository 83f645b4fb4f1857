"""Does the cloud hold what SPX and VIX did, and nothing that came later?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from core.monitor.risk_cloud import cloud, edr_bands
from tests.core.histories import NAN
from tests.core.monitor.scene import SESSIONS, market, with_columns

SPX, VIX = market().column("SPX"), market().column("VIX")


def test_each_point_is_a_stretch_of_the_history_from_here() -> None:
    found = cloud(market(), 5000.0, 20.0, 5)
    assert len(found.spx) == SESSIONS - 5
    assert found.spx[3] == pytest.approx(5000.0 * SPX[8] / SPX[3])
    assert found.vix[3] == pytest.approx(20.0 * VIX[8] / VIX[3])
    assert (found.first, found.last) == (date(2010, 1, 4), market().days[-1].item())


def test_nothing_later_is_looked_at() -> None:
    past = market().until(60)
    later = with_columns(market(), SPX=np.append(SPX[:60], SPX[60:] * 7.0)).until(60)
    for one in (past, later):
        found = cloud(one, 5000.0, 20.0, 5)
        assert len(found.spx) == 55
        assert found.last == market().days[59].item()
        assert found.spx[-1] == pytest.approx(5000.0 * SPX[59] / SPX[54])


def test_a_gap_takes_out_the_stretches_that_begin_or_end_in_it() -> None:
    vix = VIX.copy()
    vix[50] = NAN
    found = cloud(with_columns(market(), VIX=vix), 5000.0, 20.0, 5)
    assert len(found.spx) == SESSIONS - 5 - 2


def test_without_enough_history_the_reason_stands_in() -> None:
    assert "5 sessions, not the 6" in cloud(market().until(5), 5000.0, 20.0, 5).unknown
    nothing = with_columns(market(), VIX=np.full(SESSIONS, NAN))
    assert "no stretch" in cloud(nothing, 5000.0, 20.0, 5).unknown


def test_the_bands_grow_with_the_root_of_the_sessions() -> None:
    found = edr_bands(5000.0, 50.0, 4)
    assert [(one.multiple, one.low, one.high) for one in found] == [
        (1.0, 4900.0, 5100.0),
        (1.5, 4850.0, 5150.0),
        (2.0, 4800.0, 5200.0),
    ]
    assert edr_bands(None, 50.0, 4) == edr_bands(5000.0, None, 4) == ()
