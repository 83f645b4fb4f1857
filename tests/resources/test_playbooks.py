"""Does each preset say what its document says, and is the public one marked and off unless chosen?"""

import pytest

from core.playbook.compare import tree_texts
from core.playbook.parameters import LAYER_NUMBERS
from core.playbook.registry import PARAMETERS
from db.playbooks import DEFAULT_PLAYBOOK, load_playbook, playbook_names

ONE_RULE = {
    "composite": "composite",
    "000-ladder": "ladder",
    "001-credit-budget": "budget",
    "002-spike": "ladder",
    "003-regime": "regime",
    "004-breadth": "breadth",
    "4-4-2": "contracts",
}


def test_the_presets_that_ship() -> None:
    assert set(playbook_names()) == set(ONE_RULE)
    assert {name: load_playbook(name).text("sizing.rule") for name in playbook_names()} == ONE_RULE


@pytest.mark.parametrize("name", playbook_names())
def test_each_preset_names_the_seed_it_follows(name: str) -> None:
    origin = {"composite": "seeds", "4-4-2": "public"}.get(name, name[:3])
    assert load_playbook(name).origin == origin
    assert load_playbook(name).title


def test_the_public_preset_is_not_in_force_unless_chosen() -> None:
    public = [name for name in playbook_names() if load_playbook(name).origin == "public"]
    assert public == ["4-4-2"]
    assert DEFAULT_PLAYBOOK == "composite"


def test_the_public_ratio_is_four_four_two_at_half_delta() -> None:
    public = load_playbook("4-4-2")
    assert [public.count(f"layer.{number}.per_ten") for number in LAYER_NUMBERS] == [4, 4, 2, 0]
    assert [public.number(f"layer.{number}.dte") for number in (1, 2, 3)] == [30, 110, 220]
    assert (public.text("strike.target"), public.number("strike.delta")) == ("delta", 0.50)


def test_later_layers_of_001_wait_for_both_of_its_gates() -> None:
    trees = tree_texts(load_playbook("001-credit-budget"))
    assert trees["layers.2.arm"] == "rsi_spx_low and backwardation"
    assert trees["layers.3.arm"] == "rsi_spx_low and backwardation and regime_shift"


def test_the_condors_of_the_seeds() -> None:
    condors = {
        name: (load_playbook(name).number("condor.dte"), load_playbook(name).number("condor.short_delta"))
        for name in ("001-credit-budget", "003-regime", "004-breadth")
    }
    assert condors == {"001-credit-budget": (45, 0.16), "003-regime": (1, 0.16), "004-breadth": (30, 0.16)}


def test_002_keeps_three_layers_and_004_grades_three() -> None:
    for name in ("001-credit-budget", "002-spike", "003-regime", "004-breadth", "4-4-2"):
        enabled = [load_playbook(name).flag(f"layer.{number}.enabled") for number in LAYER_NUMBERS]
        assert enabled == [True, True, True, False]
    trees = tree_texts(load_playbook("004-breadth"))
    assert [trees[f"layers.{number}.arm"] for number in (1, 2, 3)] == ["ad_minor", "ad_moderate", "ad_pronounced"]


@pytest.mark.parametrize("name", [name for name in playbook_names() if name != "4-4-2"])
def test_a_preset_changes_nothing_that_its_seed_gives(name: str) -> None:
    """A value that a seed gives is the registry's default, but for the condor's tenor: the seeds differ."""
    playbook = load_playbook(name)
    given = [key for key, parameter in PARAMETERS.items() if parameter.source == name[:3]]
    changed = {key for key in given if playbook.values[key] != PARAMETERS[key].default}
    assert changed <= {"condor.dte"}
