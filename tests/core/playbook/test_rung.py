"""Does a rung go on at its level, off after two closes clearly below, and keep its memory through gaps?"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.playbook.kleene import ON, UNKNOWN
from core.playbook.rung import rung_latch, rung_words
from tests.core.histories import NAN
from tests.core.playbooks import composite


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
