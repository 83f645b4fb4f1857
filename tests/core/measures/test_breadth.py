"""Does the divergence detector find what a slow reading of its definition finds, day by day?"""

import math
import statistics

import numpy as np
import pytest

from core.market.series import History
from core.measures.breadth import (
    Divergence,
    DivergenceKind,
    Grade,
    ad_line,
    advances_declines,
    divergence,
    latest_universe,
    rana,
)
from core.measures.settings import MeasureSettings
from tests.core.histories import NAN, history_of, random_history

SETTINGS = MeasureSettings()


def measured(history: History) -> Divergence:
    advances, declines = advances_declines(history, "NYSE")
    return divergence(history.column("SPX"), ad_line(advances, declines), rana(advances, declines), SETTINGS)


def slow_detector(history: History) -> list[tuple]:
    """The definition of playbook section 3, one day after the other, in lists."""
    spx = history.column("SPX").tolist()
    pairs = list(zip(*(x.tolist() for x in advances_declines(history, "NYSE")), strict=True))
    line, level = [], None
    for up, down in pairs:
        level = None if math.isnan(up + down) else (level or 0.0) + up - down
        line.append(level)
    ratio = [None if math.isnan(up + down) else (up - down) / (up + down) for up, down in pairs]
    spx = [None if math.isnan(close) else close for close in spx]
    move = [math.log(spx[t] / spx[t - 5]) if t >= 5 and spx[t] and spx[t - 5] else None for t in range(len(spx))]
    sums = [
        sum(ratio[t - 4 : t + 1]) if t >= 4 and None not in ratio[t - 4 : t + 1] else None for t in range(len(spx))
    ]
    found, run = [], 0
    for t in range(len(spx)):
        kind = slow_kind(spx[max(t - 19, 0) : t + 1], line[max(t - 19, 0) : t + 1], move[t], sums[t])
        run = 0 if kind <= 0 else run + 1 if found and found[-1][0] == kind else 1
        a, b = slow_z(move[max(t - 59, 0) : t + 1]), slow_z(sums[max(t - 59, 0) : t + 1])
        d = None if a is None or b is None else a - b
        found.append((kind, d, run, slow_grade(kind, d, run)))
    return found


def slow_kind(spx: list, line: list, move: float | None, total: float | None) -> DivergenceKind:
    if len(spx) < 20 or None in spx or None in line or move is None or total is None:
        return DivergenceKind.UNKNOWN
    if max(spx[-5:]) >= max(spx) and max(line[-5:]) < max(line):
        return DivergenceKind.BEARISH
    if min(spx[-5:]) <= min(spx) and min(line[-5:]) > min(line):
        return DivergenceKind.BULLISH
    return DivergenceKind.SLOPE if move > 0 and total < 0 else DivergenceKind.NONE


def slow_z(values: list) -> float | None:
    if len(values) < 60 or None in values:
        return None
    return (values[-1] - statistics.mean(values)) / statistics.stdev(values)


def slow_grade(kind: int, d: float | None, run: int) -> Grade:
    if kind == DivergenceKind.UNKNOWN:
        return Grade.UNKNOWN
    if kind == DivergenceKind.NONE:
        return Grade.NONE
    if run >= 8:
        return Grade.PRONOUNCED
    if d is None:
        return Grade.UNKNOWN
    strength = -d if kind == DivergenceKind.BULLISH else d
    limits = ((2.5, Grade.PRONOUNCED), (1.5, Grade.MODERATE), (1.0, Grade.MINOR))
    return next((grade for limit, grade in limits if strength >= limit), Grade.NONE)


@pytest.mark.playbook("004-15")
@pytest.mark.parametrize("seed", range(8))
def test_it_finds_what_the_slow_reading_finds(seed: int) -> None:
    history = random_history(seed, 700, gaps=0.002)
    found, expected = measured(history), slow_detector(history)
    assert found.kind.tolist() == [kind for kind, *_ in expected]
    assert found.sessions.tolist() == [run for _, _, run, _ in expected]
    assert found.grade.tolist() == [grade for *_, grade in expected]
    d = [NAN if d is None else d for _, d, _, _ in expected]
    np.testing.assert_allclose(found.d, d, atol=1e-9)


def test_the_random_days_have_every_kind_and_grade() -> None:
    found = [measured(random_history(seed, 700, gaps=0.002)) for seed in range(8)]
    assert set(np.concatenate([each.kind for each in found])) == set(DivergenceKind)
    assert set(np.concatenate([each.grade for each in found])) == set(Grade)


@pytest.mark.playbook("004-2")
def test_a_rising_index_on_falling_breadth_is_bearish() -> None:
    spx = np.linspace(2000, 2100, 100)
    line = np.concatenate((np.linspace(0, 9000, 90), np.linspace(8800, 7000, 10)))
    net = np.concatenate((np.full(90, 0.1), np.full(10, -0.2))) + np.tile([0.01, -0.01], 50)
    found = divergence(spx, line, net, SETTINGS)
    # the A/D line made its high on session 89: it is out of the last 5 from session 94 on;
    # the 5-session sums of net advances are below 0 from session 91 on
    assert found.kind[88:].tolist() == [0, 0, 0, 3, 3, 3, 1, 1, 1, 1, 1, 1]
    assert found.sessions[-1] == 6


def test_the_ad_line_restarts_after_a_gap() -> None:
    advances, declines = np.array([NAN, 300.0, 200, NAN, 400, 100]), np.array([100, 100.0, 250, 50, 100, 350])
    np.testing.assert_equal(ad_line(advances, declines), [NAN, 200, 150, NAN, 300, 50])


def test_the_ad_line_goes_on_from_an_earlier_level_until_a_gap() -> None:
    advances, declines = np.array([300.0, 200, NAN, 400]), np.array([100.0, 250, 50, 100])
    np.testing.assert_equal(ad_line(advances, declines, 1000.0), [1200, 1150, NAN, 300])


def test_net_advances_are_a_share_of_what_moved() -> None:
    # 2018-02-05: 2 up and 502 down of the S&P 500
    assert rana(np.array([2.0]), np.array([502.0]))[0] == pytest.approx(-500 / 504)
    assert np.isnan(rana(np.array([0.0]), np.array([0.0]))[0])


def universe_history(**last: int) -> History:
    sessions = 10
    columns = {}
    for name, known in last.items():
        values = np.where(np.arange(sessions) < known, 100.0, NAN)
        columns |= {f"BREADTH__{name}__advances": values, f"BREADTH__{name}__declines": values}
    return history_of(**columns)


@pytest.mark.parametrize(
    ("last", "chosen"),
    [
        ({"NYSE": 6, "SP500": 9}, "SP500"),
        ({"NYSE": 9, "SP500": 9, "ALL": 9}, "NYSE"),
        ({"SP500": 9, "ALL": 9}, "SP500"),
        ({"ZED": 9, "ALL": 9}, "ALL"),
        ({"NYSE": 0, "ZED": 1}, "ZED"),
        ({"NYSE": 0}, ""),
    ],
)
def test_the_universe_with_the_latest_value_is_chosen(last: dict[str, int], chosen: str) -> None:
    assert latest_universe(universe_history(**last)) == chosen


def test_a_day_with_one_half_of_the_count_is_no_day() -> None:
    history = history_of(BREADTH__X__advances=[5.0, 6, NAN], BREADTH__X__declines=[1.0, NAN, 3])
    advances, declines = advances_declines(history, "X")
    np.testing.assert_equal(advances, [5, NAN, NAN])
    np.testing.assert_equal(declines, [1, NAN, NAN])
