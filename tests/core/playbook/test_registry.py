"""Is every default allowed by its own range, and does it say where it comes from?"""

import pytest

from core.playbook.parameters import with_values
from core.playbook.registry import GROUPS, PARAMETERS
from tests.core.playbooks import composite

# Playbook 7.1, as printed there
PRINTED = {
    "edr.mult": (1.00, 0.80, 2.00),
    "ladder.start": (0.90, None, None),
    "ladder.step": (0.05, None, None),
    "ladder.base": (25, 5, 50),
    "ladder.max_cover": (100, None, 150),
    "ladder.max_layers": (4, None, 8),
    "ladder.growth": (1.0, 1.0, 1.5),
    "ladder.hysteresis": (0.03, None, None),
    "ladder.hysteresis_closes": (2, None, None),
    "layer.min_hold": (3, None, None),
    "zones.marker_edr": (0.94, None, None),
    "zones.marker_vix": (16, None, None),
    "macd.cross_sessions": (5, None, None),
    "rsi.n": (14, None, None),
    "rsi.spx_low": (35, None, None),
    "rsi.vix_high": (70, None, None),
    "vix.ma": (20, None, None),
    "vix.roll_z": (1.5, None, None),
    "backwardation.pct": (3, None, None),
    "backwardation.min_days": (5, None, None),
    "budget.L1": (10, 8, 12),
    "rv_iv.shrink": (20, None, None),
    "annual.cost_warn": (2, None, None),
    "regime.low_from": (6, None, None),
    "regime.low_to": (8, None, None),
    "regime.middle_from": (12, None, None),
    "regime.middle_to": (18, None, None),
    "regime.high_from": (25, None, None),
    "regime.high_to": (35, None, None),
    "regime.temporary": (20, None, None),
    "notional.static": (10, None, None),
    "ad.window": (5, None, None),
    "ad.lookback": (20, None, None),
    "ad.layer_low": (10, None, None),
    "ad.layer_high": (15, None, None),
    "condor.short_delta": (0.16, None, None),
    "theta.window_start": (10, None, None),
    "theta.window_end": (7, None, None),
    "events.around": (5, None, None),
    "events.extreme_pp": (0.2, None, None),
    "events.extreme_z": (2, None, None),
    "curve.steepen": (25, None, None),
    "curve.sessions": (10, None, None),
    "bounds.net_delta": (1, None, None),
    "bounds.net_delta_condor": (0.15, None, None),
    "bounds.net_vega": (2, None, None),
    "bounds.offset_low": (60, None, None),
    "bounds.offset_high": (70, None, None),
    "layer.1.dte": (30, None, None),
    "layer.2.dte": (110, None, None),
    "layer.3.dte": (220, None, None),
    "layer.4.dte": (220, None, None),
    "pll.cap": (0, 0, 25),
    "roll.keep_be": (0.10, None, None),
    "liquidity.avoid_first": (15, None, None),
    "liquidity.spread_pct": (10, None, None),
    "liquidity.spread_points": (0.20, None, None),
    "approvals.needed": (2, None, None),
    "approvals.of": (3, None, None),
    "approvals.cool_off": (24, None, None),
    "wacc.equity_pct": (10, None, None),
    "wacc.debt_spread": (1, None, None),
    "capm.sessions": (252, None, None),
    "capm.erp_pct": (5, None, None),
    "macd.fast": (12, None, None),
    "macd.slow": (26, None, None),
    "macd.signal": (9, None, None),
    "rsi.vix_cross": (50, None, None),
    "regime.low_vix": (15, None, None),
    "regime.high_vix": (25, None, None),
    "zones.amber": (0.90, None, None),
    "zones.red": (1.10, None, None),
    "condor.dte": (45, None, None),
}


@pytest.mark.parametrize("key", PRINTED)
def test_the_printed_values(key: str) -> None:
    default, low, high = PRINTED[key]
    parameter = PARAMETERS[key]
    assert parameter.default == default
    assert low is None or parameter.low == low
    assert high is None or parameter.high == high


@pytest.mark.parametrize("key", PARAMETERS)
def test_a_default_fits_its_own_range_and_names_its_source(key: str) -> None:
    parameter = PARAMETERS[key]
    assert with_values(composite(), {key: parameter.default}).values[key] == parameter.default
    assert parameter.source in {"000", "001", "002", "003", "004", "assumption"}
    assert parameter.about
    assert parameter.key == key


def test_windows_of_the_day_are_those_printed() -> None:
    # 10:00-11:30 and 13:30-15:30 in New York, minutes after 9:30
    keys = ("morning_start", "morning_end", "afternoon_start", "afternoon_end")
    clock = [9 * 60 + 30 + int(PARAMETERS[f"liquidity.{key}"].default) for key in keys]
    assert [f"{minutes // 60}:{minutes % 60:02}" for minutes in clock] == ["10:00", "11:30", "13:30", "15:30"]


def test_each_parameter_stands_under_one_heading() -> None:
    keys = [parameter.key for group in GROUPS.values() for parameter in group]
    assert len(keys) == len(set(keys)) == len(PARAMETERS)


@pytest.mark.parametrize("key", ["edr.formula", "macd.fast", "rsi.n", "ad.minor", "ladder.hysteresis"])
def test_what_the_seeds_do_not_give_is_an_assumption(key: str) -> None:
    assert PARAMETERS[key].source == "assumption"  # playbook 10
