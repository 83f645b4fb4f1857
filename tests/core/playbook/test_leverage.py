"""Is the private leverage layer off, and stopped hard at its cap?"""

import math

import pytest

from core.playbook.parameters import PlaybookRefusedError
from tests.core.playbook.test_sizing import sized
from tests.core.playbooks import changed, preset, preset_names


@pytest.mark.playbook("000-12")
@pytest.mark.parametrize("name", preset_names())
def test_it_is_off_in_every_preset(name: str) -> None:
    found = sized(preset(name), 1.05).leverage
    assert (found.cap_pct, found.contracts.value) == (0, 0)


@pytest.mark.playbook("000-11", "000-12")
def test_it_stops_at_its_share_of_the_premium_in_whole_contracts() -> None:
    plain = sized(changed(annual__cost_warn=20), 1.05)
    for cap in (10, 25):
        found = sized(changed(annual__cost_warn=20, pll__cap=cap), 1.05)
        assert found.layers == plain.layers  # it takes nothing from the layers
        outer, allowed = found.layers[-1].hedge, cap / 100 * found.cost.premium.value
        assert found.leverage.cap.value == pytest.approx(allowed)
        assert found.leverage.contracts.value == math.floor(allowed / outer.outlay)
        assert found.leverage.premium.value <= allowed
        assert found.leverage.text == outer.text
    with pytest.raises(PlaybookRefusedError, match=r"pll\.cap: 25\.1 is not a number from 0 to 25"):
        changed(pll__cap=25.1)
