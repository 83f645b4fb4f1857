"""How fast is the engine? Every tick of a hedged book, all its break-evens, scenario grids; beside the peers.

A tick: new forwards, price, delta, gamma, vega and theta of every leg, sums by condor, and both break-evens of
today's curve of each condor with its four layers. The peers do the same with the same model and must find the same
roots: QuantLib and vollib one option at a time, and a loop in C (where there is a compiler). All in one run.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from benchmarks.valuation_book import NOW, RATE, SPX, VIX, book, market, table_of
from benchmarks.valuation_peers import LEGS, CLoop, gain, leg_rows, quantlib_black, quantlib_tick, vollib_tick
from core.measures.spot_vol import BASE
from core.valuation.book_curves import CurvesAsked, curves
from core.valuation.break_evens import break_evens_at_expiry
from core.valuation.exact_roots import exact_roots
from core.valuation.greeks import greeks
from core.valuation.leg_table import leg_table
from core.valuation.revalue import Group, profits
from core.valuation.tracked_roots import DisjointGroups, Tracked, track

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.valuation.leg_table import LegTable

SIZES, FIT_SIZES = (10, 100, 1_000), (10, 30, 100, 300, 1_000, 3_000)
GRIDS = (7, 21, 51, 101)
TICKS, WARM_UP = 40, 8
LATER = NOW + timedelta(minutes=1)
AGREE_POINTS = 1e-4


class Held(NamedTuple):
    """A book on the engine's table, with the break-evens of today's curve to follow."""

    table: LegTable
    groups: list[Group]
    disjoint: DisjointGroups
    start: Tracked


def held(count: int) -> Held:
    """Return a book of so many condors, its two break-evens next to the money searched once."""
    table, groups = table_of(book(count))
    levels = np.arange(0.7 * SPX, 1.2 * SPX, 25.0)
    asked = CurvesAsked(table, groups, LATER.timestamp(), (BASE,), levels)
    (group, _, _), roots = exact_roots(asked, curves(asked))
    pairs = np.array([roots[group == index][-2:] for index in range(count)]).T
    return Held(
        table,
        groups,
        DisjointGroups(table, groups),
        Tracked(pairs, np.array([[90.0], [-90.0]]) + np.zeros((2, count))),
    )


def engine_tick(one: Held, spx: float, before: Tracked) -> Tracked:
    """Do one tick."""
    table = leg_table(one.table.terms, one.table.volatilities, market(spx))
    found = greeks(table)
    for column in (found.value, found.delta, found.gamma, found.vega, found.decay):
        one.disjoint.sums(column)
    return track(table, one.disjoint, LATER.timestamp(), before)


def walk() -> list[float]:
    """Return levels of SPX, a few hundredths of a percent from one to the next."""
    steps = np.random.default_rng(3).normal(0, 0.0003, TICKS + WARM_UP)
    return list(SPX * np.exp(np.cumsum(steps)))


def engine_ticks(one: Held) -> tuple[float, Tracked]:
    """Return the median time of a tick in seconds, and the roots after the last."""
    times, now = [], one.start
    for spx in walk():
        start = perf_counter()
        now = engine_tick(one, spx, now)
        times.append(perf_counter() - start)
    if np.isnan(now.roots).any():
        raise RuntimeError("a root was lost")
    return float(np.median(times[WARM_UP:])), now


def c_ticks(one: Held, loop: CLoop) -> tuple[float, np.ndarray]:
    """Return the same of the loop in C; its legs are laid out before the clock starts."""
    roots, slopes = (np.ascontiguousarray(array.T) for array in (one.start.roots, one.start.slopes))
    times = []
    for spx in walk():
        rows = leg_rows(leg_table(one.table.terms, one.table.volatilities, market(spx)), LATER.timestamp())
        start = perf_counter()
        loop.tick(rows, one.disjoint.cash, (RATE, spx, VIX), (roots, slopes))
        times.append(perf_counter() - start)
    return float(np.median(times[WARM_UP:])), roots.T


def library_ticks(one: Held, final: Tracked, ticks: int, which: str) -> float:
    """Return the same of a library over the last ticks, each from the engine's root of before."""
    levels, now = walk(), one.start
    for spx in levels[:-ticks]:
        now = engine_tick(one, spx, now)
    cash, times, roots = one.disjoint.cash.tolist(), [], []
    for spx in levels[-ticks:]:
        table = leg_table(one.table.terms, one.table.volatilities, market(spx))
        rows = leg_rows(table, LATER.timestamp()).reshape(-1, LEGS, 10).tolist()
        start = perf_counter()
        if which == "QuantLib":
            roots = quantlib_tick(rows, cash, (spx, VIX), now.roots.T.tolist())
        else:
            roots = vollib_tick(rows, cash, (spx, VIX), now.roots.T.tolist(), RATE)
        times.append(perf_counter() - start)
        now = engine_tick(one, spx, now)
    _check(which, np.array(roots).T, final.roots)
    return float(np.median(times))


def _check(name: str, theirs: np.ndarray, ours: np.ndarray) -> None:
    """Stop where a peer finds other roots: then the times compare nothing."""
    apart = float(np.abs(theirs - ours).max())
    if not apart < AGREE_POINTS:
        raise RuntimeError(f"{name} finds other break-evens: {apart:.2g} points apart")


def tick_lines(loop: CLoop) -> list[str]:
    """Return the times of a tick beside the peers, by size."""
    lines = ["Engine: a tick of N condors with 4 layers: greeks of all legs, both break-evens of today's curve"]
    for count in SIZES:
        one = held(count)
        ours, final = engine_ticks(one)
        told = [f"  {count:5,d} condors, {count * LEGS:6,d} legs: ours {1e3 * ours:8.3f} ms"]
        ticks = {10: 10, 100: 3}.get(count, 1)
        for name in ("QuantLib", "vollib"):
            theirs = library_ticks(one, final, ticks, name)
            told.append(f"{name} {1e3 * theirs:9.1f} ms = {theirs / ours:5.0f} x")
        if loop.missing:
            told.append(f"C loop skipped: {loop.missing}")
        else:
            theirs, roots = c_ticks(one, loop)
            _check("the C loop", roots, final.roots)
            told.append(f"C {1e3 * theirs:7.3f} ms, ours / C {ours / theirs:4.2f}")
        lines.append("   ".join(told))
    return [*lines, "  goals at 1,000: at least 50 x QuantLib, 300 x vollib, at most 8 x C"]


def timed(function: Callable[[], object], repeats: int) -> float:
    """Return the median time in seconds."""
    times = []
    for _ in range(repeats + 1):
        start = perf_counter()
        function()
        times.append(perf_counter() - start)
    return float(np.median(times[1:]))


def root_lines() -> list[str]:
    """Return the times of all hedged break-evens under three responses, and how they grow."""
    lines, found = ["All hedged break-evens at expiry: every root, zones and extremes, three responses"], []
    for count in FIT_SIZES:
        one = held(count) if count <= SIZES[-1] else None
        table, groups = (one.table, one.groups) if one else table_of(book(count))
        seconds = timed(lambda: break_evens_at_expiry(table, groups, market()), 5 if count <= 100 else 2)  # noqa: B023
        found.append((count, seconds))
        lines.append(f"  {count:5,d} condors {1e3 * seconds:8.1f} ms   {1e6 * seconds / count:6.0f} us a condor")
    return [*lines, _fit("all break-evens", found)]


def _fit(name: str, found: list[tuple[int, float]]) -> str:
    """Return a straight line through the times, weighted so that each size counts alike."""
    counts, seconds = np.array(found).T
    slope, constant = np.polyfit(counts, seconds, 1, w=1 / seconds)
    off = np.abs(constant + slope * counts - seconds) / seconds
    return (
        f"  fit of {name}: {1e3 * constant:.2f} ms + {1e6 * slope:.1f} us a condor, "
        f"at most {off.max():.0%} off from {counts[0]:.0f} to {counts[-1]:,.0f}"
    )


def growth_line() -> str:
    """Return how the tick grows with the book."""
    return _fit("the tick", [(count, engine_ticks(held(count))[0]) for count in FIT_SIZES])


def grid_lines() -> list[str]:
    """Return the times of SPX x VIX grids a week ahead for ten condors, beside QuantLib on the smallest."""
    one, when = held(10), NOW + timedelta(days=7)
    whole = Group("", np.arange(len(one.table.terms)), float(one.disjoint.cash.sum()))
    lines = ["Scenario grids of SPX x VIX, 10 condors with 4 layers, a week ahead"]
    for side in GRIDS:
        spx, vix = np.linspace(0.85, 1.1, side) * SPX, np.linspace(10.0, 60.0, side)
        seconds = timed(lambda: profits(one.table, [whole], spx[None, :], vix[:, None], when), 10)  # noqa: B023
        lines.append(
            f"  {side:3d} x {side:<3d} {1e3 * seconds:8.2f} ms   {1e9 * seconds / side**2 / 80:6.1f} ns a leg"
        )
    return lines


def library_grid(side: int) -> str:
    """Return the time of one cell by QuantLib, scaled to a grid: one book on the map, leg by leg."""
    one = held(10)
    rows = leg_rows(one.table, (NOW + timedelta(days=7)).timestamp()).reshape(-1, LEGS, 10).tolist()
    black = quantlib_black()
    seconds = timed(lambda: [gain(legs, 0.0, 0.97 * SPX, (SPX, VIX), black) for legs in rows], 20)
    whole = 1e3 * seconds * side**2
    return f"  QuantLib, one cell {1e3 * seconds:.3f} ms: a grid of {side} x {side} in {whole:,.0f} ms"


def run() -> list[str]:
    """Return the tables as lines."""
    from benchmarks.peers import optionlab_lines

    with TemporaryDirectory() as folder:
        lines = tick_lines(CLoop(Path(folder)))
    return [*lines, growth_line(), *root_lines(), *grid_lines(), library_grid(GRIDS[-1]), *optionlab_lines()]


if __name__ == "__main__":
    print("\n".join(run()))
