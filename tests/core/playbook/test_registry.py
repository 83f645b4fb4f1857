"""Is every default allowed by its own range, and does it say where it comes from?"""

import pytest

from core.playbook.parameters import with_values
from core.playbook.registry import PARAMETERS
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


@pytest.mark.parametrize("key", ["edr.formula", "macd.fast", "rsi.n", "ad.minor", "ladder.hysteresis"])
def test_what_the_seeds_do_not_give_is_an_assumption(key: str) -> None:
    assert PARAMETERS[key].source == "assumption"  # playbook 10
