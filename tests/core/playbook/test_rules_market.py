"""Do the rules of breadth, the curves and realised volatility say on, off or unknown where they should?"""

import numpy as np
import pytest

from core.measures.breadth import DivergenceKind, Grade
from core.measures.measured import MeasureSettings, measure
from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.parameters import Playbook
from core.playbook.rules import market_words
from tests.core.histories import NAN, history_of, measured_of
from tests.core.playbooks import changed, composite

BEARISH, SLOPE, BULLISH, NONE, NO_KIND = (
    DivergenceKind.BEARISH,
    DivergenceKind.SLOPE,
    DivergenceKind.BULLISH,
    DivergenceKind.NONE,
    DivergenceKind.UNKNOWN,
)


def says(rule: str, playbook: Playbook | None = None, **arrays: object) -> list[int]:
    return market_words(measured_of(**arrays), playbook or composite())[rule].tolist()


def says_of_closes(rule: str, playbook: Playbook | None = None, **columns: object) -> list[int]:
    measured = measure(history_of(**columns), MeasureSettings())
    return market_words(measured, playbook or composite())[rule].tolist()


@pytest.mark.playbook("004-10")
@pytest.mark.parametrize(
    ("kind", "grade", "words"),
    [
        (BEARISH, Grade.NONE, (OFF, OFF, OFF)),
        (BEARISH, Grade.MINOR, (ON, OFF, OFF)),
        (SLOPE, Grade.MODERATE, (ON, ON, OFF)),
        (SLOPE, Grade.PRONOUNCED, (ON, ON, ON)),
        (BULLISH, Grade.PRONOUNCED, (OFF, OFF, OFF)),
        (NONE, Grade.NONE, (OFF, OFF, OFF)),
        (BEARISH, Grade.UNKNOWN, (UNKNOWN, UNKNOWN, UNKNOWN)),
        (NO_KIND, Grade.UNKNOWN, (UNKNOWN, UNKNOWN, UNKNOWN)),
    ],
)
def test_each_grade_has_its_rule(kind: int, grade: int, words: tuple[int, ...]) -> None:
    rules = ("ad_minor", "ad_moderate", "ad_pronounced")
    assert tuple(says(rule, divergence=[kind], divergence_grade=[grade])[0] for rule in rules) == words


def test_a_divergence_is_confirmed_after_three_sessions() -> None:
    kinds, runs = [SLOPE, SLOPE, SLOPE, BULLISH, NONE, NO_KIND], [1, 2, 3, 9, 0, 0]
    words = says("ad_confirmed", divergence=kinds, divergence_sessions=runs)
    assert words == [OFF, OFF, ON, OFF, OFF, UNKNOWN]


@pytest.mark.playbook("004-20")
def test_breadth_is_realigned_by_a_new_high_of_its_line() -> None:
    line = np.concatenate((np.arange(20.0), [18.0, 20.0]))
    d = np.full(22, 3.0)
    assert says("ad_realigned", ad_line=line, divergence_d=d)[19:] == [ON, OFF, ON]


@pytest.mark.playbook("004-20")
def test_breadth_is_realigned_by_three_sessions_of_small_d() -> None:
    line = np.arange(30.0, 0.0, -1.0)
    d = np.concatenate((np.full(25, 3.0), [0.4, 0.4, 0.4, 0.5, NAN]))
    assert says("ad_realigned", ad_line=line, divergence_d=d)[25:] == [OFF, OFF, ON, OFF, UNKNOWN]


def test_without_a_line_only_a_small_d_can_say_realigned() -> None:
    words = says("ad_realigned", ad_line=np.full(5, NAN), divergence_d=[0.1, 0.1, 0.1, 2.0, 2.0])
    assert words == [UNKNOWN, UNKNOWN, ON, UNKNOWN, UNKNOWN]


VIX, VIX3M = [20.0, 20.7, 20.0, NAN], [20.0, 20.0, NAN, 20.0]


def test_without_vx_settlements_vix_over_vix3m_stands_in() -> None:
    assert says_of_closes("backwardation", VIX=VIX, VIX3M=VIX3M) == [OFF, ON, UNKNOWN, UNKNOWN]
    without = changed(backwardation__proxy=False)
    assert says_of_closes("backwardation", without, VIX=VIX, VIX3M=VIX3M) == [UNKNOWN] * 4


def test_the_proxy_never_takes_the_place_of_a_pair_that_is_known() -> None:
    # 2010-01-04: VX1 expires on the 20th, so the rule's pair is VX1 and VX2
    curve = {"VX1": [20.0, 20.0], "VX2": [21.0, NAN]}
    assert says_of_closes("backwardation", VIX=[30.0, 30.0], VIX3M=[20.0, 20.0], **curve) == [OFF, ON]


def test_the_front_pair_is_inverted_above_nothing() -> None:
    assert says("vx_inverted", backwardation_pct=[0.1, 0.0, -0.1, NAN]) == [ON, OFF, OFF, UNKNOWN]


@pytest.mark.playbook("004-11")
def test_realised_must_exceed_implied_by_more_than_twenty_percent() -> None:
    assert says("rv_above_iv", rv_iv_pct=[20.1, 20.0, NAN]) == [ON, OFF, UNKNOWN]


def test_the_other_pair_is_ten_sessions_against_vix9d() -> None:
    # ten log returns of +-ln 1.01 = 0.00995: deviation 0.00995 sqrt(10/9) = 0.010489 a day, 16.65 % a year
    spx = np.array([100.0 if n % 2 else 101.0 for n in range(11)])
    other = changed(rv_iv__pair="rv10-vix9d")
    quiet, dear = np.full(11, 13.8), np.full(11, 13.9)  # 16.65 / 13.8 = 1.2066; 16.65 / 13.9 = 1.198
    assert says_of_closes("rv_above_iv", other, SPX=spx, VIX9D=quiet)[-1] == ON
    assert says_of_closes("rv_above_iv", other, SPX=spx, VIX9D=dear)[-1] == OFF
    assert says_of_closes("rv_above_iv", other, SPX=spx, VIX9D=np.full(11, NAN))[-1] == UNKNOWN


def rates(last: float, short: float = 2.0) -> dict[str, list[float]]:
    """Return yields of which the last known at the last close is that of the session before."""
    return {"DGS10": [*[3.0] * 10, last, 9.9], "DGS2": [*[2.0] * 10, short, 9.9], "DGS3MO": [NAN] * 12}


@pytest.mark.playbook("002-11")
@pytest.mark.parametrize(
    ("last", "short", "word"),
    [
        (3.25, 2.0, ON),
        (3.24, 2.0, OFF),
        (3.00, 1.75, ON),
        (3.25, 2.01, OFF),
        (NAN, 2.0, UNKNOWN),
        (3.5, NAN, UNKNOWN),
    ],
)
def test_twenty_five_basis_points_in_ten_sessions(last: float, short: float, word: int) -> None:
    words = says_of_closes("steeper_10y2y", **rates(last, short))
    assert words == [UNKNOWN] * 11 + [word]


@pytest.mark.playbook("002-11")
@pytest.mark.parametrize(
    ("two_year", "bill", "word"),
    [(ON, OFF, ON), (OFF, ON, ON), (ON, UNKNOWN, ON), (OFF, UNKNOWN, UNKNOWN), (OFF, OFF, OFF)],
)
def test_either_short_end_makes_the_curve_steepen(two_year: int, bill: int, word: int) -> None:
    end = {ON: 1.7, OFF: 2.0, UNKNOWN: NAN}
    columns = {
        "DGS10": [3.0] * 12,
        "DGS2": [*[2.0] * 10, end[two_year], NAN],
        "DGS3MO": [*[2.0] * 10, end[bill], NAN],
    }
    assert says_of_closes("curve_steepening", **columns)[-1] == word
