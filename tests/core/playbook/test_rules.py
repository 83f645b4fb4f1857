"""Does each rule say on, off or unknown where its threshold, its memory and its gaps ask for it?"""

import pytest

from core.measures.breadth import DivergenceKind, Grade
from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.rules import RULES, market_words
from tests.core.histories import NAN, at, measured_of, real_history
from tests.core.playbooks import changed, composite


def says(rule: str, **arrays: object) -> list[int]:
    return market_words(measured_of(**arrays), composite())[rule].tolist()


def test_rsi_of_spx_is_low_below_35() -> None:
    assert says("rsi_spx_low", rsi_spx=[34.9, 35.0, 60.0, NAN]) == [ON, OFF, OFF, UNKNOWN]


@pytest.mark.playbook("001-16")
def test_backwardation_must_exceed_three_percent() -> None:
    assert says("backwardation", rule_backwardation_pct=[3.1, 3.0, -5.0, NAN]) == [ON, OFF, OFF, UNKNOWN]


@pytest.mark.playbook("001-6")
@pytest.mark.parametrize(
    ("kind", "grade", "word"),
    [
        (DivergenceKind.BEARISH, Grade.MODERATE, ON),
        (DivergenceKind.SLOPE, Grade.PRONOUNCED, ON),
        (DivergenceKind.BEARISH, Grade.MINOR, OFF),
        (DivergenceKind.BULLISH, Grade.PRONOUNCED, OFF),
        (DivergenceKind.BULLISH, Grade.UNKNOWN, OFF),
        (DivergenceKind.NONE, Grade.NONE, OFF),
        (DivergenceKind.SLOPE, Grade.UNKNOWN, UNKNOWN),
        (DivergenceKind.UNKNOWN, Grade.UNKNOWN, UNKNOWN),
    ],
)
def test_bearish_and_slope_divergence_arm_from_moderate(kind: int, grade: int, word: int) -> None:
    assert says("ad_divergence", divergence=[kind], divergence_grade=[grade]) == [word]


def test_the_grade_that_arms_is_the_playbooks() -> None:
    measured = measured_of(divergence=[DivergenceKind.BEARISH], divergence_grade=[Grade.MINOR])
    assert market_words(measured, changed(ad__arms_grade="minor"))["ad_divergence"].tolist() == [ON]


@pytest.mark.playbook("001-20")
@pytest.mark.parametrize(
    ("curve", "excess", "edr", "word"),
    [
        (1.0, 25.0, NAN, ON),
        (1.0, 5.0, 0.99, UNKNOWN),  # one on, VIX band unknown
        (-1.0, 5.0, 0.99, OFF),  # the unknown one alone cannot make two
        (-1.0, 20.0, 1.0 - 1e-10, UNKNOWN),
        (NAN, 20.1, 1.00, ON),
        (NAN, NAN, 0.5, UNKNOWN),
    ],
)
def test_a_regime_shift_takes_two_of_four(curve: float, excess: float, edr: float, word: int) -> None:
    words = says("regime_shift", vix=[20.0], backwardation_pct=[curve], rv_iv_pct=[excess], edr_pct=[edr])
    assert words == [word]


def test_every_rule_that_a_tree_may_name_has_words() -> None:
    assert set(RULES) == {*market_words(measured_of(vix=[20.0]), composite()), "edr_rung"}


def test_march_2020_on_the_real_files() -> None:
    from core.measures.measured import MeasureSettings, measure

    history = real_history()
    words = market_words(measure(history, MeasureSettings()), composite())
    crash = at(history, "2020-03-16")
    assert words["backwardation"][crash] == ON  # 31.8 % by the rule's pair
    assert words["vx_inverted"][crash] == ON  # 72.625 over 59.15
    assert words["edr_high"][crash] == ON
    assert words["regime_shift"][crash] == ON
    assert words["rsi_spx_low"][crash] == ON
