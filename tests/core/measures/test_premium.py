"""Is the premium of options over what SPX did signed as the literature signs it?"""

import numpy as np
import pytest

from core.measures.premium import ratio, vrp_points, vrp_variance
from core.measures.volatility import hv_pct
from tests.core.histories import at, real_history


@pytest.mark.playbook("001-22")
def test_premium_by_hand() -> None:
    vix, realised = np.array([20.0, 30.0]), np.array([15.0, 40.0])
    assert vrp_points(vix, realised).tolist() == [5.0, -10.0]
    assert vrp_variance(vix, realised).tolist() == [175.0, -700.0]  # 400 - 225, 900 - 1600
    assert ratio(np.array([18.0]), np.array([20.0]))[0] == pytest.approx(0.9)


def test_february_2018_on_the_real_files() -> None:
    history = real_history()
    monday, before = at(history, "2018-02-05"), at(history, "2018-01-26")
    near = ratio(history.column("VIX9D"), history.column("VIX"))
    assert near[monday] == pytest.approx(59.34 / 37.32)
    assert near[before] < 1  # the calm week before
    premium = vrp_points(history.column("VIX"), hv_pct(history.column("SPX")))
    years = history.days.astype("datetime64[Y]").astype(int) + 1970
    calm = premium[(years >= 1991) & (years <= 2019)]
    assert 2.5 < np.nanmean(calm) < 6  # about four points on average, the best known fact of the series
