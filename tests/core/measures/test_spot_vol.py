"""Does the response map give the published moves, and does its inverse undo it?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures.spot_vol import BASE, HIGH, LOW, Response, spx_at, vix_at, vx_at, vx_beta

RESPONSES = st.sampled_from([LOW, BASE, HIGH])


def test_three_percent_days_move_vix_as_the_published_averages() -> None:
    # vixandmore 2007-02-05: VIX +14.3 % on days of -3 %, -9.7 % on days of +3 %; the map says +14.5 and -9.6
    change_pct = (vix_at([97.0, 103.0], 100.0, 20.0, BASE) / 20.0 - 1) * 100
    assert change_pct == pytest.approx([14.7, -9.6], abs=0.1)
    assert change_pct == pytest.approx([14.3, -9.7], abs=0.5)


def test_vix_of_the_worked_example() -> None:
    vix = vix_at([4900, 4800, 4700, 4500, 4250], 5000.0, 18.0, BASE)
    assert vix == pytest.approx([19.7, 21.6, 23.8, 28.9, 37.4], abs=0.05)


def test_vix_stays_within_nine_and_ninety() -> None:
    assert vix_at([1000.0, 9000.0], 5000.0, 18.0, HIGH).tolist() == [90.0, 9.0]


def test_each_level_may_have_its_own_response() -> None:
    mixed = Response(np.array([2.5, 7.0]), np.array([2.0, 4.5]))
    alone = [float(vix_at(4500.0, 5000.0, 18.0, response)) for response in (LOW, HIGH)]
    assert vix_at([4500.0, 4500.0], 5000.0, 18.0, mixed) == pytest.approx(alone)


@given(st.floats(0.75, 1.3), st.floats(12.0, 40.0), RESPONSES)
def test_the_inverse_gives_the_level_back(moneyness: float, vix0: float, response: Response) -> None:
    spx = 5000.0 * moneyness
    vix = float(vix_at(spx, 5000.0, vix0, response))
    if 9 < vix < 90:
        assert float(spx_at(vix, 5000.0, vix0, response)) == pytest.approx(spx, rel=1e-12)


def test_no_spx_level_gives_a_vix_beyond_the_clamp() -> None:
    assert np.isnan(spx_at([8.99, 90.01], 5000.0, 18.0, BASE)).all()


def test_worked_example_of_hedge_break_evens() -> None:
    assert spx_at([20.90, 23.12], 5000.0, 18.0, BASE) == pytest.approx([4836.7, 4729.5], abs=0.1)


def test_beta_of_futures_fits_the_playbooks_table() -> None:
    betas = vx_beta([0, 7, 30, 60, 110, 150, 220])
    assert betas == pytest.approx([1.0, 0.77, 0.50, 0.38, 0.29, 0.25, 0.21], abs=0.006)


def test_a_future_moves_by_its_beta_and_never_below_zero() -> None:
    assert float(vx_at(19.6, 18.0, 28.0, 30.0)) == pytest.approx(19.6 + 10 * 0.5)
    assert float(vx_at(20.0, 80.0, 9.0, 5.0)) == 0.0
