"""Does each rule of VIX and EDR say on, off or unknown where its threshold, its memory and its gaps ask for it?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures.breadth import DivergenceKind, Grade
from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.parameters import Playbook
from core.playbook.rules import market_words
from core.playbook.rules_vix import settled_band
from tests.core.histories import NAN, measured_of
from tests.core.playbooks import changed, composite


def says(rule: str, playbook: Playbook | None = None, **arrays: object) -> list[int]:
    return market_words(measured_of(**arrays), playbook or composite())[rule].tolist()


@pytest.mark.playbook("000-14")
def test_rsi_of_vix_blocks_above_70() -> None:
    assert says("rsi_vix_block", rsi_vix=[70.1, 70.0, 20.0, NAN]) == [ON, OFF, OFF, UNKNOWN]


@pytest.mark.playbook("000-13")
def test_macd_is_bullish_for_five_sessions_after_the_cross_while_above() -> None:
    lead = np.array([-1.0, -1, 1, 1, 1, 1, 1, 1, -1, 1, -1, 0, 1])
    words = says("macd_bullish", macd=lead, macd_signal=np.zeros(13))
    # crosses at sessions 2, 9 and 12; the first counts to session 6, the second is undone at 10
    assert words == [OFF, OFF, ON, ON, ON, ON, ON, OFF, OFF, ON, OFF, OFF, ON]


def test_macd_above_its_signal_since_before_a_gap_is_unknown_for_five_sessions() -> None:
    lead = np.array([NAN, 1.0, 1, 1, 1, 1, 1, NAN, -1, 1])
    words = says("macd_bullish", macd=lead, macd_signal=np.zeros(10))
    assert words == [UNKNOWN] * 6 + [OFF] + [UNKNOWN, OFF, ON]


@pytest.mark.playbook("002-1")
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


def test_rsi_crosses_up_through_50_on_the_close_that_does() -> None:
    rsi = [49.0, 50.0, 50.1, 60.0, 40.0, 55.0, NAN, 55.0, 45.0, 55.0]
    assert says("rsi_vix_up", rsi_vix=rsi) == [OFF, OFF, ON, OFF, OFF, ON, UNKNOWN, UNKNOWN, OFF, ON]


def test_rsi_crosses_down_through_50_or_70() -> None:
    rsi = [71.0, 70.0, 60.0, 50.0, 72.0, 45.0, NAN, 60.0, 45.0]
    #      ?      70    -     50    -     both  ?    ?     50
    assert says("rsi_vix_down", rsi_vix=rsi) == [OFF, ON, OFF, ON, OFF, ON, UNKNOWN, UNKNOWN, ON]


def test_rsi_first_seen_between_the_levels_may_have_fallen_through_the_upper_one() -> None:
    assert says("rsi_vix_down", rsi_vix=[60.0, 60.0]) == [UNKNOWN, OFF]
    assert says("rsi_vix_up", rsi_vix=[60.0, 60.0]) == [UNKNOWN, OFF]


@pytest.mark.playbook("003-18")
def test_rsi_adds_from_a_cross_up_until_a_cross_down() -> None:
    rsi = [45.0, 55.0, 72.0, 71.0, 69.0, 75.0, 49.0, 51.0, 52.0]
    #      off   up    on    on    70v   off   50v   up    on
    assert says("rsi_vix_adds", rsi_vix=rsi) == [OFF, ON, ON, ON, OFF, OFF, OFF, ON, ON]


def test_what_rsi_adds_after_a_gap_is_unknown_until_it_shows() -> None:
    assert says("rsi_vix_adds", rsi_vix=[60.0, 60.0, 45.0, 55.0]) == [UNKNOWN, UNKNOWN, OFF, ON]
    assert says("rsi_vix_adds", rsi_vix=[72.0, 69.0, 60.0]) == [UNKNOWN, OFF, OFF]
    assert says("rsi_vix_adds", rsi_vix=[45.0, 55.0, NAN, 55.0, 80.0]) == [OFF, ON, UNKNOWN, UNKNOWN, UNKNOWN]


def slow_adds(rsi: list[float]) -> list[int]:
    """The rule in plain words: a memory that a gap wipes out, set and unset by the crossings."""
    memory, before, found = UNKNOWN, NAN, []
    for value in rsi:
        if np.isnan(value):
            memory = UNKNOWN
        elif value <= 50:
            memory = OFF
        elif before <= 50:
            memory = ON
        elif before > 70 >= value:
            memory = OFF
        found.append(UNKNOWN if np.isnan(value) else memory)
        before = value
    return found


@given(st.lists(st.sampled_from([NAN, 30.0, 50.0, 50.5, 65.0, 70.0, 70.5, 90.0]), min_size=1, max_size=40))
def test_what_rsi_adds_is_the_rule_in_plain_words(rsi: list[float]) -> None:
    assert says("rsi_vix_adds", rsi_vix=rsi) == slow_adds(rsi)


@pytest.mark.playbook("002-8")
@pytest.mark.playbook("002-4")
def test_a_spike_is_one_and_a_half_standard_deviations_over_the_mean() -> None:
    arrays = {"vix": [23.0, 22.9, NAN, 23.0, 23.0], "vix_sma20": [20.0] * 4 + [NAN], "vix_sd20": [2.0] * 4 + [2.0]}
    assert says("vix_spike", **arrays) == [ON, OFF, UNKNOWN, ON, UNKNOWN]


def test_a_vix_that_has_not_moved_has_no_standard_deviation() -> None:
    assert says("vix_spike", vix=[20.0], vix_sma20=[20.0], vix_sd20=[0.0]) == [UNKNOWN]


@pytest.mark.playbook("002-8")
def test_in_cross_mode_a_spike_is_the_close_that_crosses_the_mean() -> None:
    arrays = {"vix": [19.0, 20.0, 21.0, 22.0, 20.0, 21.0, NAN, 21.0], "vix_sma20": np.full(8, 20.0)}
    words = says("vix_spike", changed(vix__mode="cross"), **arrays, vix_sd20=np.full(8, 9.0))
    assert words == [OFF, OFF, ON, OFF, OFF, ON, UNKNOWN, UNKNOWN]


@pytest.mark.playbook("001-8")
@pytest.mark.parametrize(
    ("low", "high", "word"),
    [(18.0, 22.0, ON), (17.5, 22.5, OFF), (17.6, 22.5, ON), (NAN, 22.0, UNKNOWN)],
)
def test_vix_is_range_bound_within_a_quarter_of_its_mean(low: float, high: float, word: int) -> None:
    # twenty closes: one low, one high, the others at 20; the mean of 17.5/22.5 is 20: 25 %
    vix = np.array([low, high, *[20.0] * 18])
    words = says("vix_range_bound", vix=vix, vix_sma20=np.full(20, vix.mean()))
    assert words == [UNKNOWN] * 19 + [word]


@pytest.mark.parametrize(
    ("vix", "words"),
    [
        ([14.0, 14.0], (ON, OFF, OFF)),
        ([15.0, 15.0], (ON, ON, OFF)),
        ([25.0, 25.0], (ON, ON, OFF)),
        ([25.1, 25.1], (ON, ON, ON)),
        ([14.0, 15.0], (UNKNOWN, UNKNOWN, UNKNOWN)),
        ([14.0, NAN], (UNKNOWN, UNKNOWN, UNKNOWN)),
        ([26.0, 26.0, 14.0], (ON, ON, ON)),  # one close below is not settled
        ([26.0, 26.0, 14.0, 14.0], (ON, OFF, OFF)),
    ],
)
def test_the_bands_of_003_need_two_closes(vix: list[float], words: tuple[int, ...]) -> None:
    found = tuple(says(rule, vix=vix)[-1] for rule in ("vix_in_band", "vix_band_middle", "vix_band_high"))
    assert found == words


def test_the_public_markers() -> None:
    assert says("edr_marker", edr_pct=[0.95, 0.94, NAN]) == [ON, OFF, UNKNOWN]
    assert says("vix_marker", vix=[16.1, 16.0, NAN]) == [ON, OFF, UNKNOWN]
    assert says("edr_high", edr_pct=[1.0, 1.0 - 1e-10, 0.99, NAN]) == [ON, ON, OFF, UNKNOWN]


LIGHTS = {
    ON: {"lead": (-1.0, 1.0), "rsi": 71.0, "kind": DivergenceKind.SLOPE, "grade": Grade.MODERATE},
    OFF: {"lead": (1.0, -1.0), "rsi": 69.0, "kind": DivergenceKind.NONE, "grade": Grade.NONE},
    UNKNOWN: {"lead": (NAN, NAN), "rsi": NAN, "kind": DivergenceKind.UNKNOWN, "grade": Grade.UNKNOWN},
}


@pytest.mark.playbook("002-7")
@pytest.mark.parametrize("macd", [ON, OFF, UNKNOWN])
@pytest.mark.parametrize("rsi", [ON, OFF, UNKNOWN])
@pytest.mark.parametrize("breadth", [ON, OFF, UNKNOWN])
def test_two_of_three_lights_with_unknown_as_a_third_value(macd: int, rsi: int, breadth: int) -> None:
    lead = np.array(LIGHTS[macd]["lead"])
    words = says(
        "three_lights",
        macd=lead,
        macd_signal=np.zeros(2),
        rsi_vix=[NAN, LIGHTS[rsi]["rsi"]],
        divergence=[0, LIGHTS[breadth]["kind"]],
        divergence_grade=[0, LIGHTS[breadth]["grade"]],
    )
    lights = (macd, rsi, breadth)
    expected = ON if lights.count(ON) >= 2 else OFF if lights.count(OFF) >= 2 else UNKNOWN
    assert words[-1] == expected
