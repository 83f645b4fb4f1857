"""How would QuantLib, vollib and a loop in C do the engine's tick? The same legs, model and roots."""

from __future__ import annotations

import ctypes
import math
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.valuation.forwards import DAY_S, YEAR_S
from core.valuation.leg_points import LegColumns, Rules
from core.valuation.surface import vix_to_volatility

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.valuation.leg_table import LegTable

    Floats = NDArray[np.float64]

LEGS = 8
COLUMNS = ("dollars", "sign", "strike", "forward", "sigma", "years", "discount", "growth", "per_vix", "is_spx")
SOURCE = Path(__file__).with_name("valuation_floor.c")
AROUND = 10.0  # points within which a root of before is looked for again
FLAGS = ("-O3", "-march=native", "-ffast-math", "-fPIC", "-c")
"""Linked apart: linking with -ffast-math takes subnormal numbers away from the whole process."""


def leg_rows(table: LegTable, when_s: float) -> Floats:
    """Return what a loop needs of each leg, shape (legs, COLUMNS), at a moment."""
    columns = LegColumns(table, np.arange(len(table.terms)), Rules(when_s))
    on_spx = table.terms.on == 0
    days = columns.years * (YEAR_S / DAY_S)
    per_vix = np.where(on_spx, vix_to_volatility(days), columns.beta)
    given = (table.terms.dollars, columns.sign, columns.strike, columns.forward, columns.sigma, columns.years)
    return np.column_stack([*given, columns.discount, columns.growth, per_vix, on_spx.astype(np.float64)])


class CLoop:
    """The tick as a compiled loop; `missing` says why there is none."""

    def __init__(self, folder: Path) -> None:
        """Compile into the folder, if there is a compiler."""
        compiler = shutil.which("cc")
        self.missing = "" if compiler else "no C compiler (cc)"
        if compiler is None:
            return
        library, compiled = folder / "valuation_floor.so", folder / "valuation_floor.o"
        steps = ([*FLAGS, str(SOURCE), "-o", str(compiled)], ["-shared", str(compiled), "-o", str(library), "-lm"])
        for step in steps:
            done = subprocess.run([compiler, *step], capture_output=True, check=False)
            self.missing = self.missing or (done.stderr.decode()[:200] if done.returncode else "")
        if not self.missing:
            self._tick = ctypes.CDLL(str(library)).tick

    def tick(
        self, rows: Floats, cash: Floats, market: tuple[float, float, float], state: tuple[Floats, Floats]
    ) -> Floats:
        """Move roots and slopes (condors, 2) in place; return the sums of greeks (condors, 5)."""
        sums = np.empty((len(cash), 5))
        arrays = [array.ctypes.data_as(ctypes.c_void_p) for array in (rows, cash, *state, sums)]
        numbers = [ctypes.c_double(value) for value in market]
        self._tick(arrays[0], arrays[1], ctypes.c_int(len(cash)), *numbers, *arrays[2:])
        return sums


def gain(rows: list[list[float]], cash: float, spx: float, start: tuple[float, float], black: Any) -> float:
    """Return the P/L of one condor with its layers at a level of SPX, leg by leg."""
    spx0, vix0 = start
    move = math.log(spx / spx0)
    vix = min(max(vix0 * math.exp((-4.5 if move < 0 else -3.4) * move), 9.0), 90.0)
    total = cash
    for dollars, sign, strike, forward, sigma, years, discount, growth, per_vix, is_spx in rows:
        if is_spx:
            k = math.log(strike / spx0)
            moved = sigma + _skew(k - move) - _skew(k) + per_vix * (vix - vix0) / 100
            total += dollars * black(sign, strike, spx * growth, max(moved, 0.01), years, discount)
        else:
            total += dollars * black(sign, strike, forward + per_vix * (vix - vix0), sigma, years, discount)
    return total


def _skew(k: float) -> float:
    return (-0.55 if k < 0 else -0.35) * k + 0.8 * k * k


def quantlib_black() -> Any:
    """Return Black's formula as QuantLib has it."""
    import QuantLib as ql  # noqa: N813 - as its own examples do

    kinds = {1.0: ql.Option.Call, -1.0: ql.Option.Put}
    formula, sqrt = ql.blackFormula, math.sqrt
    return lambda sign, k, f, sigma, years, df: formula(kinds[sign], k, f, sigma * sqrt(years), df)


def quantlib_tick(
    rows: list[list[list[float]]], cash: list[float], start: tuple[float, float], roots: list[list[float]]
) -> list[list[float]]:
    """Return the roots by QuantLib: a BlackCalculator for a leg's greeks, its Brent from the root of before."""
    import QuantLib as ql  # noqa: N813 - as its own examples do

    black, brent = quantlib_black(), ql.Brent()
    kinds = {1.0: ql.Option.Call, -1.0: ql.Option.Put}
    found = []
    for legs, paid, near in zip(rows, cash, roots, strict=True):
        sums = [0.0] * 5
        for dollars, sign, strike, forward, sigma, years, discount, *_ in legs:
            payoff = ql.PlainVanillaPayoff(kinds[sign], strike)
            one = ql.BlackCalculator(payoff, forward, sigma * math.sqrt(years), discount)
            greeks = (
                one.value(),
                one.deltaForward(),
                one.gammaForward(),
                one.vega(years),
                one.theta(forward, years),
            )
            sums = [total + dollars * greek for total, greek in zip(sums, greeks, strict=True)]
        found.append(
            [brent.solve(lambda x, a=legs, b=paid: gain(a, b, x, start, black), 1e-6, root, 1.0) for root in near]
        )
    return found


def vollib_tick(
    rows: list[list[list[float]]],
    cash: list[float],
    start: tuple[float, float],
    roots: list[list[float]],
    rate: float,
) -> list[list[float]]:
    """Return the roots by vollib, an option at a time: analytical greeks, scipy's Brent around those of before."""
    from scipy.optimize import brentq
    from vollib.black import black as price
    from vollib.black.greeks import analytical

    def black(sign: float, k: float, f: float, sigma: float, years: float, _df: float) -> float:
        return float(price("c" if sign > 0 else "p", f, k, years, rate, sigma))

    found = []
    for legs, paid, near in zip(rows, cash, roots, strict=True):
        for _, sign, strike, forward, sigma, years, *_ in legs:
            given = ("c" if sign > 0 else "p", forward, strike, years, rate, sigma)
            price(*given)
            for greek in (analytical.delta, analytical.gamma, analytical.vega, analytical.theta):
                greek(*given)
        found.append(
            [
                brentq(
                    lambda x, a=legs, b=paid: gain(a, b, x, start, black), root - AROUND, root + AROUND, xtol=1e-6
                )
                for root in near
            ]
        )
    return found
