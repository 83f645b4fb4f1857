"""Does simulated VIX answer the index as the playbook's map says, and do its relatives keep their places?"""

import numpy as np
import pytest

from resources.sample.market import SimulatedMarket
from resources.sample.volatility import lingering, response


def test_response_is_the_playbook_map() -> None:
    # Playbook 4.3: about +14.5 % and -9.6 % for log moves of -3 % and +3 %.
    assert np.expm1(response(15.0, -0.03)) == pytest.approx(0.145, abs=0.001)
    assert np.expm1(response(15.0, 0.03)) == pytest.approx(-0.097, abs=0.001)
    assert response(15.0, 0.0) == 0.0
    assert response(72.0, -0.03) == pytest.approx(response(18.0, -0.03) / 2)  # sqrt(18/72) = 1/2


def test_a_refit_finds_the_map_again(market: SimulatedMarket) -> None:
    move = np.diff(np.log(market.spx.close))[:1400]
    answer = np.diff(np.log(market.vix.close))[:1400]
    low = market.vix.close[:1400] <= 18
    slopes = [np.polyfit(move[w], answer[w], 1)[0] for w in (low & (move < 0), low & (move > 0))]
    assert slopes == pytest.approx([-4.5, -3.4], abs=0.9)


def test_vix9d_leads_and_vix3m_lags(market: SimulatedMarket) -> None:
    vix, vix9d, vix3m = market.vix.close, market.vix9d.close, market.vix3m
    swings = [np.diff(np.log(x)).std() for x in (vix9d, vix, vix3m)]
    assert swings[0] > 1.1 * swings[1] > 1.3 * swings[2]
    calm, wild = vix < 14, vix > 35
    assert vix9d[calm].mean() < vix[calm].mean() < vix3m[calm].mean()
    assert vix9d[wild].mean() > vix[wild].mean() > vix3m[wild].mean()


def test_lingering_noise_has_unit_deviation_and_the_memory_asked_for() -> None:
    noise = lingering(np.random.Generator(np.random.PCG64(1)).standard_normal(200_000), 0.7)
    assert noise.std() == pytest.approx(1.0, abs=0.02)
    assert np.corrcoef(noise[1:], noise[:-1])[0, 1] == pytest.approx(0.7, abs=0.01)
    assert np.corrcoef(noise[2:], noise[:-2])[0, 1] == pytest.approx(0.49, abs=0.01)
