"""Is the context of a hedge what a hand calculation says, by what was known then, and unknown without data?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.market.figure import known, unknown
from core.monitor.climate import Climate, climate, driven_from_abroad, macro_light
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.playbook.verdict import Says
from tests.core.advice.scene import facts_at, long_market
from tests.core.advice.test_decision_tables import prices
from tests.core.histories import NAN
from tests.core.monitor.scene import with_columns

SESSION = 900


def at(session: int = SESSION, monthly: dict[str, object] | None = None, **columns: np.ndarray) -> Climate:
    facts = facts_at(session, history=with_columns(long_market(), **columns), monthly=monthly or {})
    return climate(read_market(facts, live_session(facts)))


@pytest.mark.playbook("002-1")
def test_the_half_life_is_that_of_the_last_year() -> None:
    vix = long_market().columns["VIX"][SESSION - 251 : SESSION + 1]
    slope, _ = np.polyfit(vix[:-1], vix[1:], 1)
    assert at().half_life.value == pytest.approx(np.log(0.5) / np.log(slope))
    gap = long_market().columns["VIX"].copy()
    gap[SESSION - 100] = NAN
    assert "in a row" in at(VIX=gap).half_life.unknown


@pytest.mark.playbook("003-4")
def test_how_dear_the_future_is_against_its_own_year() -> None:
    found = at().vx_share_pct.value
    assert found is not None
    assert 0 < found <= 100
    falling = {f"VX{n}": np.linspace(60.0, 10.0, 2500) for n in range(1, 9)}
    assert at(**falling).vx_share_pct.value == pytest.approx(100 / 252, abs=0.2)
    nothing = {f"VX{n}": np.full(2500, NAN) for n in range(1, 9)}
    assert "not known" in at(**nothing).vx_share_pct.unknown


@pytest.mark.playbook("001-13")
@pytest.mark.parametrize(
    ("steeper", "pp", "says"),
    [
        (10.0, 0.5, Says.ON),
        (-24.9, -1.0, Says.ON),
        (25.0, 0.5, Says.OFF),
        (-25.0, 0.5, Says.OFF),
        (10.0, 1.01, Says.OFF),
        (None, 0.5, Says.UNKNOWN),
        (10.0, None, Says.UNKNOWN),
        (None, 1.5, Says.OFF),
        (30.0, None, Says.OFF),
    ],
)
def test_the_macro_light_with_unknown_as_a_third_value(
    steeper: float | None, pp: float | None, says: Says
) -> None:
    figures = [unknown("none", "") if one is None else known(one, "") for one in (steeper, pp)]
    assert macro_light(figures[0], figures[1], 25.0) is says


@pytest.mark.playbook("001-13")
def test_rates_and_prices_by_hand() -> None:
    ten, two = np.full(2500, 2.5), np.full(2500, 1.0)
    ten[SESSION - 9 :] += 0.10
    monthly = {"CPIAUCSL": prices(rising=True), "PPIFIS": prices(rising=True, symbol="PPIFIS")}
    found = at(monthly=monthly, DGS10=ten, DGS2=two)
    assert found.steeper_bp.value == pytest.approx(10)
    assert found.prices_pp.value == pytest.approx(0.0)
    assert found.benign is Says.ON
    assert at(DGS10=ten, DGS2=two).prices_pp.unknown == "no PPI was imported"
    assert at().benign is Says.UNKNOWN


@pytest.mark.playbook("002-20")
@pytest.mark.parametrize(("change", "says"), [(2.1, Says.ON), (-2.1, Says.ON), (2.0, Says.OFF), (0.0, Says.OFF)])
def test_a_spike_is_tagged_as_driven_from_abroad(change: float, says: Says) -> None:
    assert driven_from_abroad(known(change, "%")) is says
    assert driven_from_abroad(unknown("none", "%")) is Says.UNKNOWN


@pytest.mark.playbook("002-20")
def test_the_dollar_by_hand_and_never_before_it_was_published() -> None:
    dollar = np.full(2500, 100.0)
    dollar[SESSION - 20 :] = 103.0
    assert at(DTWEXBGS=dollar).dollar_pct.value == pytest.approx(3.0)
    later = dollar.copy()
    later[SESSION:] = 150.0  # about the last session: published a week later
    assert at(DTWEXBGS=later).dollar_pct.value == pytest.approx(3.0)
    assert at().dollar_pct.unknown == "no DTWEXBGS was imported"


def test_nothing_later_is_looked_at() -> None:
    facts = facts_at(SESSION)
    cut = replace(facts, past=facts.past)
    assert climate(read_market(cut, live_session(cut))) == at()
    changed = {name: np.concatenate([values[: SESSION + 1], values[SESSION + 1 :] * 3]) for name, values in (
        ("VIX", long_market().columns["VIX"]), ("VX1", long_market().columns["VX1"]),
    )}  # fmt: skip
    assert at(**changed).half_life == at().half_life
