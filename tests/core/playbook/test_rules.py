"""Does each rule say on, off or unknown where its threshold, its memory and its gaps ask for it?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures.breadth import DivergenceKind, Grade
from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.rules import RULES, market_words, rung_latch, rung_words, settled_band
from tests.core.histories import NAN, at, measured_of, real_history
from tests.core.playbooks import changed, composite


def says(rule: str, **arrays: object) -> list[int]:
    return market_words(measured_of(**arrays), composite())[rule].tolist()


def test_rsi_of_spx_is_low_below_35() -> None:
    assert says("rsi_spx_low", rsi_spx=[34.9, 35.0, 60.0, NAN]) == [ON, OFF, OFF, UNKNOWN]


def test_rsi_of_vix_blocks_above_70() -> None:
    assert says("rsi_vix_block", rsi_vix=[70.1, 70.0, 20.0, NAN]) == [ON, OFF, OFF, UNKNOWN]


def test_backwardation_must_exceed_three_percent() -> None:
    assert says("backwardation", rule_backwardation_pct=[3.1, 3.0, -5.0, NAN]) == [ON, OFF, OFF, UNKNOWN]


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


def test_macd_is_bullish_for_five_sessions_after_the_cross_while_above() -> None:
    lead = np.array([-1.0, -1, 1, 1, 1, 1, 1, 1, -1, 1, -1, 0, 1])
    words = says("macd_bullish", macd=lead, macd_signal=np.zeros(13))
    # crosses at sessions 2, 9 and 12; the first counts to session 6, the second is undone at 10
    assert words == [OFF, OFF, ON, ON, ON, ON, ON, OFF, OFF, ON, OFF, OFF, ON]


def test_macd_above_its_signal_since_before_a_gap_is_unknown_for_five_sessions() -> None:
    lead = np.array([NAN, 1.0, 1, 1, 1, 1, 1, NAN, -1, 1])
    words = says("macd_bullish", macd=lead, macd_signal=np.zeros(10))
    assert words == [UNKNOWN] * 6 + [OFF] + [UNKNOWN, OFF, ON]


def test_a_band_is_settled_after_two_closes_and_until_the_next() -> None:
    vix = [14.0, 14, 16, 14, 15, 25, 26, NAN, 26, 26, 12, 26]
    band = settled_band(measured_of(vix=vix), composite())
    np.testing.assert_equal(band, [NAN, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2])


def test_a_move_up_a_band_counts_for_twenty_sessions() -> None:
    vix = np.concatenate((np.full(21, 14.0), np.full(30, 16.0)))
    words = says("vix_band_up", vix=vix)
    assert words[0:1] == [UNKNOWN]
    # settled at session 22 (two closes); session 41 is the last that sees session 21, the last of the low band
    assert words[20:22] == [UNKNOWN, OFF]
    assert words[22:42] == [ON] * 20
    assert words[42:] == [OFF] * 9


def test_a_move_down_a_band_is_no_shift() -> None:
    words = says("vix_band_up", vix=np.concatenate((np.full(30, 30.0), np.full(30, 20.0))))
    assert words[30:] == [OFF] * 30


def test_vix_missing_today_is_unknown_whatever_was_settled() -> None:
    assert says("vix_band_up", vix=[14.0, 14, 16, 16, NAN, 16])[3:] == [ON, UNKNOWN, ON]


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


def latch(edr: list[float], number: int = 1, **memory: object) -> tuple[list[bool], list[int]]:
    found = rung_latch(np.array(edr, dtype=float), number, composite(), **memory)
    return found.is_on.tolist(), found.closes_below.tolist()


def test_a_rung_goes_on_at_its_level_and_off_after_two_closes_below_the_hysteresis() -> None:
    edr = [0.88, 0.90, 0.88, 0.86, 0.88, 0.86, 0.86, 0.89, 0.90]
    #                  holds  1st  not low 1st  2nd: off
    assert latch(edr) == (
        [False, True, True, True, True, True, False, False, True],
        [0, 0, 0, 1, 0, 1, 2, 0, 0],
    )


def test_exactly_at_the_hysteresis_is_not_below_it() -> None:
    assert latch([0.90, 0.87, 0.87])[0] == [True, True, True]
    assert latch([0.90, 0.8699, 0.8699])[0] == [True, True, False]


def test_the_dust_of_binary_fractions_moves_no_latch() -> None:
    assert latch([0.90 - 5e-10])[0] == [True]
    assert latch([0.90 - 2e-9])[0] == [False]
    assert latch([0.90, 0.87 - 5e-10, 0.87 - 5e-10])[1] == [0, 0, 0]
    assert latch([0.95 + 0.05 - 0.1], number=1)[0] == [True]  # 0.9 less a hair


def test_an_unknown_close_keeps_the_memory_and_its_count() -> None:
    assert latch([0.90, NAN, 0.86, NAN, 0.86, NAN]) == (
        [True, True, True, True, False, False],
        [0, 0, 1, 1, 2, 2],
    )


def test_the_rung_says_unknown_where_edr_is() -> None:
    edr = np.array([0.90, NAN, 0.5])
    assert rung_words(edr, rung_latch(edr, 1, composite())).tolist() == [ON, UNKNOWN, ON]


def test_each_layer_has_its_own_rung() -> None:
    assert [latch([0.99], number)[0] for number in (1, 2, 3, 4)] == [[True], [True], [False], [False]]


def slow_latch(edr: list[float], rung: float) -> list[bool]:
    """The rule in plain words: on at the rung; off when two known closes in a row are below rung - 0.03."""
    is_on, below, found = False, 0, []
    for close in edr:
        if not np.isnan(close):
            below = below + 1 if close < rung - 0.03 - 1e-9 else 0
            if close >= rung - 1e-9:
                is_on = True
            elif below >= 2:
                is_on = False
        found.append(is_on)
    return found


CLOSES = st.lists(st.sampled_from([NAN, 0.80, 0.861, 0.87, 0.89, 0.90, 0.95, 1.02]), max_size=40)


@given(CLOSES, st.integers(0, 40))
def test_the_latch_is_the_rule_in_plain_words_however_it_is_cut(edr: list[float], cut: int) -> None:
    whole, below = latch(edr)
    assert whole == slow_latch(edr, 0.90)
    cut = min(cut, len(edr))
    memory = {"was_on": whole[cut - 1], "was_below": below[cut - 1]} if cut else {}
    rest, rest_below = latch(edr[cut:], **memory)
    assert (rest, rest_below) == (whole[cut:], below[cut:])


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
