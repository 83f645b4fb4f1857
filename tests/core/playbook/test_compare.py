"""Are two playbooks compared key by key, and equal exactly where their hashes are?"""

import pytest

from core.playbook.compare import compare, comparison_record, playbook_record, tree_text, tree_texts
from core.playbook.registry import PARAMETERS
from tests.core.playbooks import changed, composite, preset, preset_names


def test_a_playbook_does_not_differ_from_itself_under_another_name() -> None:
    assert compare(composite(), changed()) == ()


def test_one_changed_value_is_one_difference_with_its_source() -> None:
    (found,) = compare(composite(), changed(ladder__base=30))
    told = (found.key, found.first, found.second, found.unit, found.source)
    assert told == ("ladder.base", 25.0, 30.0, "%", "000")


def test_the_ladder_alone_against_the_composite() -> None:
    found = {d.key: (d.first, d.second) for d in compare(composite(), preset("000-ladder"))}
    assert found == {
        "l1.standing": (True, False),
        "sizing.rule": ("composite", "ladder"),
        "layers.1.arm": ("edr_rung or ad_divergence", "edr_rung"),
        "layers.2.arm": ("edr_rung or (rsi_spx_low and backwardation)", "edr_rung"),
        "layers.3.arm": ("edr_rung or regime_shift", "edr_rung"),
    }


@pytest.mark.playbook("002-25")
@pytest.mark.parametrize("first", preset_names())
@pytest.mark.parametrize("second", preset_names())
def test_no_difference_means_the_same_hash(first: str, second: str) -> None:
    a, b = preset(first), preset(second)
    assert (compare(a, b) == ()) == (a.hash == b.hash) == (first == second)
    assert len(compare(a, b)) == len(compare(b, a))


def test_a_tree_in_words() -> None:
    assert tree_text(None) == ""
    assert tree_text({"all": [{"any": ["a", "b"]}, {"all": ["c"]}]}) == "(a or b) and c"
    assert tree_texts(preset("002-spike"))["layers.2.arm"] == "(vix_spike or rsi_vix_block) and three_lights"


def test_a_record_has_every_parameter_with_its_range_and_source() -> None:
    record = playbook_record(changed(ladder__base=30))
    rows = {row["key"]: row for group in record["parameters"].values() for row in group}
    assert rows.keys() == PARAMETERS.keys()
    assert rows["ladder.base"] == {
        "key": "ladder.base",
        "value": 30.0,
        "default": 25.0,
        "changed": True,
        "allowed": "a number from 5 to 50 %",
        "unit": "%",
        "source": "000",
        "about": "coverage of one layer",
    }
    assert [row["key"] for row in rows.values() if row["changed"]] == ["ladder.base"]


def test_a_comparison_names_both() -> None:
    record = comparison_record(composite(), preset("4-4-2"))
    assert (record["first"]["name"], record["second"]["name"]) == ("composite", "4-4-2")
    assert (record["first"]["origin"], record["second"]["origin"]) == ("seeds", "public")
    assert record["differences"]
