"""Is a playbook read as written, refused with its key and range, and hashed by its rules alone?"""

import hashlib
import json

import pytest

from core.measures.settings import MeasureSettings
from core.playbook.parameters import PlaybookRefusedError, measure_settings, parse_playbook, with_values
from core.playbook.registry import PARAMETERS
from core.playbook.trees import tree_data
from tests.core.playbooks import PRESETS, changed, composite

LAYERS = "\n".join(f'[layers.{number}]\narm = "edr_rung"' for number in (1, 2, 3, 4))


def test_the_composite_has_the_defaults_of_the_registry() -> None:
    assert dict(composite().values) == {key: parameter.default for key, parameter in PARAMETERS.items()}
    assert measure_settings(composite()) == MeasureSettings()


def test_the_trees_of_the_composite() -> None:
    arms = {number: tree_data(trees.arm) for number, trees in composite().trees.items()}
    assert arms == {
        1: {"any": ["edr_rung", "ad_divergence"]},
        2: {"any": ["edr_rung", {"all": ["rsi_spx_low", "backwardation"]}]},
        3: {"any": ["edr_rung", "regime_shift"]},
        4: "edr_rung",
    }
    assert {tree_data(trees.confirm) for trees in composite().trees.values()} == {"macd_bullish"}
    assert {tree_data(trees.block) for trees in composite().trees.values()} == {"rsi_vix_block"}


def test_the_ladder_alone_stands_on_nothing() -> None:
    pure = parse_playbook((PRESETS / "000-ladder.toml").read_text("utf-8"), "000-ladder")
    assert not pure.flag("l1.standing")
    assert composite().flag("l1.standing")
    assert {tree_data(trees.arm) for trees in pure.trees.values()} == {"edr_rung"}


def test_a_key_may_be_written_dotted_or_as_a_table() -> None:
    for text in (
        "[parameters]\nedr.mult = 1.5\n",
        "[parameters.edr]\nmult = 1.5\n",
        '[parameters]\n"edr.mult" = 1.5\n',
    ):
        assert parse_playbook(text + LAYERS, "x").number("edr.mult") == 1.5


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("edr.mult = 3", "edr.mult: 3 is not a number from 0.8 to 2$"),
        ("edr.mult = nan", "edr.mult: nan is not a number"),
        ("edr.mult = true", "edr.mult: True is not a number"),
        ('edr.mult = "1"', "edr.mult: '1' is not a number"),
        ("ladder.base = inf", "ladder.base: inf is not a number from 5 to 50 %"),
        ('edr.formula = "D"', "edr.formula: 'D' is not one of A, B, C, G, H, E3"),
        ("rsi.n = 14.0", "rsi.n: 14.0 is not a whole number from 2 to 100 sessions"),
        ("rsi.n = 1", "rsi.n: 1 is not a whole number"),
        ("l1.standing = 1", "l1.standing: 1 is not true or false"),
        ('breadth.universe = "A B"', "breadth.universe: 'A B' is not a plain name"),
        ("ladder.stop = 1", "there is no parameter 'ladder.stop'"),
        ("ladder = 1", "there is no parameter 'ladder'"),
        ("macd.fast = 26", "macd.fast: 26 must be below macd.slow"),
        ("ad.window = 20", "ad.window: 20 must be below ad.lookback"),
        ("zones.red = 0.80", "zones.amber: 0.9 must be below zones.red"),
        ("rsi.n = [14]", "rsi.n"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_key_and_range(line: str, told: str) -> None:
    with pytest.raises(PlaybookRefusedError, match=told) as refused:
        parse_playbook(f"[parameters]\n{line}\n{LAYERS}", "mine")
    assert str(refused.value).startswith("playbook mine: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[parameters", "not TOML"),
        ("", r"write \[layers.1\] to \[layers.4\]"),
        (LAYERS + '\n[layers.5]\narm = "edr_rung"', r"write \[layers.1\] to \[layers.4\]"),
        ("layers = 3", r"write \[layers.1\] to \[layers.4\]"),
        (LAYERS.replace('arm = "edr_rung"', 'confirm = "edr_rung"', 1), "layers.1: write arm"),
        (LAYERS + '\nexit = "edr_rung"', "layers.4: write arm"),
        (LAYERS.replace('"edr_rung"', '"edr"', 1), "layers.1.arm: there is no rule 'edr'"),
        (LAYERS + '\nblock = { none = ["edr_rung"] }', "layers.4.block: write a rule's name"),
        ("speed = 1\n" + LAYERS, "speed: only layers, origin, parameters, title are known here"),
        ("title = 1\n" + LAYERS, "title: write one line"),
        ('title = "a\\nb"\n' + LAYERS, "title: write one line"),
        (f"[parameters]\nrsi.n = {'9' * 5000}\n" + LAYERS, "not TOML"),
        (f"[parameters]\nrsi.n = {'9' * 4000}\n" + LAYERS, "rsi.n: 9{60} is not a whole number"),
        ("x = " + "[" * 5000, "not TOML"),
        (f"[parameters]\n{'a.' * 40}b = 1\n" + LAYERS, "a.a.a.a: write key = value"),
        ("parameters = 1\n" + LAYERS, "parameters: write key = value"),
    ],
)
def test_a_text_that_is_no_playbook_is_refused(text: str, told: str) -> None:
    with pytest.raises(PlaybookRefusedError, match=told):
        parse_playbook(text, "mine")


def test_values_are_changed_as_a_file_would() -> None:
    other = changed(edr__formula="B", edr__mult=1)
    assert (other.text("edr.formula"), other.number("edr.mult"), other.count("rsi.n")) == ("B", 1.0, 14)
    assert measure_settings(other).edr_formula == "B"
    assert composite().text("edr.formula") == "A"
    with pytest.raises(PlaybookRefusedError, match=r"edr.mult: 9 is not a number from 0.8 to 2"):
        with_values(composite(), {"edr.mult": 9})


@pytest.mark.playbook("001-24")
def test_the_hash_is_of_values_and_trees_and_nothing_else() -> None:
    named = parse_playbook('title = "one"\n' + LAYERS, "one")
    assert named.hash == parse_playbook(LAYERS, "other").hash
    assert named.hash == with_values(named, {"edr.mult": 1}).hash
    assert named.hash != with_values(named, {"edr.mult": 1.1}).hash
    assert named.hash != parse_playbook(LAYERS + '\nblock = "rsi_vix_block"', "one").hash
    trees = {str(number): {"arm": "edr_rung", "block": None, "confirm": None} for number in (1, 2, 3, 4)}
    text = json.dumps({"layers": trees, "values": dict(named.values)}, sort_keys=True, separators=(",", ":"))
    assert named.hash == hashlib.sha256(text.encode()).hexdigest()
