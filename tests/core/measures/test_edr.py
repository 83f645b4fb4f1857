"""Does each EDR formula give the playbook's table, in percent of SPX?"""

import math
import statistics

import numpy as np
import pytest

from core.measures.edr import FORMULAS, edr_pct, multiplier_of, realised_bias, vix9d_or_vix
from tests.core.histories import NAN

# Playbook 1.2: VIX9D, HV20, VIX, m
INPUTS = [(12.5, 8, 14, 0.8), (13, 10, 15, 1.0), (17, 13, 17.95, 1.0), (28, 22, 26, 1.5), (60, 45, 50, 2.0)]
TABLE = {
    "A": [0.539, 0.743, 0.970, 2.419, 6.803],
    "B": [0.882, 0.945, 1.131, 1.638, 3.150],
    "C": [0.787, 0.819, 1.071, 1.764, 3.780],
    "G": [0.441, 0.661, 0.861, 2.173, 5.984],
    "H": [0.517, 0.724, 0.945, 2.362, 6.614],
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("row", range(5))
def test_the_table_of_the_playbook(name: str, row: int) -> None:
    vix9d, hv20, vix, multiplier = INPUTS[row]
    found = edr_pct(name, multiplier, np.array([vix9d]), np.array([hv20]), np.array([vix]))
    assert found[0] == pytest.approx(TABLE[name][row], abs=0.0005)


def test_the_formulas_are_those_of_the_table() -> None:
    assert set(FORMULAS) == {*TABLE, "E3"}


def test_the_vix_of_each_level_under_formula_b() -> None:
    # playbook 1.1: 0.90 % = 14.29, 0.94 % = 14.92, 1.10 % = 17.46
    vix = np.array([14.29, 14.92, 17.46])
    assert edr_pct("B", 2.0, vix * NAN, vix * NAN, vix) == pytest.approx([0.90, 0.94, 1.10], abs=0.0003)


@pytest.mark.parametrize(
    ("name", "reads"), [("A", "VIX9D HV20"), ("B", "VIX"), ("C", "VIX9D"), ("H", "VIX9D HV20")]
)
def test_only_what_a_formula_reads_makes_it_unknown(name: str, reads: str) -> None:
    assert FORMULAS[name].inputs == tuple(reads.split())
    for missing in ("VIX9D", "HV20", "VIX"):
        values = [np.array([NAN if symbol == missing else 15.0]) for symbol in ("VIX9D", "HV20", "VIX")]
        assert np.isnan(edr_pct(name, 1.0, *values)[0]) == (missing in reads.split())


def test_vix_stands_in_only_before_vix9d_existed() -> None:
    vix = np.array([20.0, 21, 22, 23, NAN])
    used, stands_in = vix9d_or_vix(np.array([NAN, NAN, 19, NAN, 18]), vix)
    assert stands_in.tolist() == [True, True, False, False, False]
    np.testing.assert_equal(used, [20, 21, 19, NAN, 18])


def test_vix_stands_in_throughout_where_there_is_no_vix9d() -> None:
    used, stands_in = vix9d_or_vix(np.full(3, NAN), np.array([20.0, NAN, 22]))
    assert stands_in.all()
    np.testing.assert_equal(used, [20, NAN, 22])


def test_nothing_stands_in_once_vix9d_has_begun() -> None:
    used, stands_in = vix9d_or_vix(np.array([NAN, 19]), np.array([20.0, 21]), has_begun=True)
    assert not stands_in.any()
    np.testing.assert_equal(used, [NAN, 19])


def test_the_bias_is_the_slope_of_the_standard_library_over_sixty_pairs() -> None:
    random = np.random.default_rng(3)
    vix = 15.0 + 5.0 * random.random(100)
    spx = 4000.0 * np.exp(np.cumsum(random.normal(0, 0.01, 100)))
    found = realised_bias(spx, vix)
    assert np.isnan(found[:60]).all()
    for at in (60, 80, 99):
        implied = [float(vix[n - 1]) / math.sqrt(252) for n in range(at - 59, at + 1)]
        moves = [100 * abs(math.log(spx[n] / spx[n - 1])) / math.sqrt(2 / math.pi) for n in range(at - 59, at + 1)]
        assert found[at] == pytest.approx(statistics.linear_regression(implied, moves, proportional=True).slope)
    gap = spx.copy()
    gap[70] = np.nan
    assert np.isnan(realised_bias(gap, vix)[70:]).all()
    assert np.isnan(realised_bias(spx[:60], vix[:60])).all()


def test_e3_is_implied_times_its_bias() -> None:
    # playbook E3: 17.95 -> 1.131 % -> 1.16 % with a factor of 1.026
    one = np.array([17.95])
    assert edr_pct("E3", np.array([1.026]), one, one, one)[0] == pytest.approx(1.16, abs=0.001)
    # walks whose volatility is VIX have a bias near 1
    random = np.random.default_rng(8)
    vix = np.full(20_000, 20.0)
    spx = 4000.0 * np.exp(np.cumsum(random.normal(0, 0.20 / math.sqrt(252), 20_000)))
    assert np.nanmean(realised_bias(spx, vix)) == pytest.approx(1.0, abs=0.01)
    assert multiplier_of("A", 1.5, spx, vix) == 1.5
    assert multiplier_of("B", 1.5, spx, vix) == 1.0
