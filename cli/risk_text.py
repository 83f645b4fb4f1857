"""How does the risk picture read in a terminal? Tables whose columns line up, reasons told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cli.figure_text import figure, said_once, unknown_text, whole_dollars
from cli.text import NOTICE, points_text, simulated_line
from core.market.times import exchange_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from core.market.figure import Figure
    from core.risk_state import (
        BreakEvenComparison,
        Gauge,
        HedgeAlignment,
        LegSource,
        MigrationRow,
        RiskCurve,
        RiskState,
        Scenario,
    )

WITHIN = {True: "within", False: "OUTSIDE"}


def risk_text(state: RiskState) -> str:
    """Return the whole risk picture as text."""
    parts = (
        _head(state),
        _section(
            "break-evens by moment: the condors bare, and with their layers under the low, base, high response"
        ),
        (line for curve in state.curves for line in _curve(curve)),
        _section("break-evens at the condors' expiry: bare, first order, full under the base, low, high response"),
        (line for one in state.comparisons for line in _comparison(one)),
        _section("layer after layer at the condors' expiry"),
        (line for row in state.migration for line in _migration(row)),
        _section("gauges"),
        (_gauge(gauge) for gauge in state.gauges),
        _section("net greeks, dollars: value, of it time value, SPX +1 %, more for 1 % more, VIX +1 point, a day"),
        _greeks(state),
        _section("dollars gained if VIX went there at once, SPX by the map"),
        _repricing(state),
        _section("where each hedge leg pays for itself"),
        (_alignment(one) for one in state.alignments),
        _section("legs: mark, volatility and forward, each with its source"),
        (line for leg in state.legs for line in _leg(leg)),
        _section("assumed"),
        (f"  {note}" for note in state.notes),
        ("", NOTICE),
    )
    return said_once([line for part in parts for line in part])


def _section(title: str) -> tuple[str, str]:
    return "", title


def _head(state: RiskState) -> Iterator[str]:
    point = state.point
    yield from simulated_line(state)
    yield f"as of    {exchange_time(state.as_of)} New York   playbook {state.playbook_name}"
    if state.asked.is_what_if:
        yield f"WHAT IF  {state.asked.words}"
    yield f"SPX      {figure(state.spx)}   VIX {figure(state.vix)}"
    at = f"SPX {figure(point.spx)}, VIX {figure(point.vix)}, {exchange_time(point.moment)} New York"
    yield f"looking  {at}"
    yield f"P/L      condors {dollars(point.bare)}, with their layers {dollars(point.hedged)}"
    if state.before is not None:
        was = state.before.point
        yield f"         without the ticket: {dollars(was.bare)}, {dollars(was.hedged)}"
    for band in state.edr_bands:
        sessions = f"{band.sessions} session{'s' if band.sessions > 1 else ''}"
        yield f"EDR x{band.multiple:<4g}{band.low:,.0f} to {band.high:,.0f} in {sessions}"


def _curve(curve: RiskCurve) -> Iterator[str]:
    yield f"  {curve.label}"
    if curve.unknown:
        yield f"    {unknown_text(curve.unknown)}"
        return
    yield f"    bare     {points_text(curve.bare_break_evens)}"
    yield f"    hedged   {points_text(curve.break_evens)}"
    for one in curve.responses:
        worst = "; ".join(f"{side.side} side {_at(side.worst, side.worst_at)}" for side in one.sides)
        yield f"    {one.response:8} {_points(one.points)}   worst: {worst}"
    for side in curve.sides:
        best = _at(side.best, side.best_at)
        yield f"    {side.side} side: worst {_at(side.worst, side.worst_at)}, best {best}"
    if curve.path_dependent:
        yield f"    path-dependent: {', '.join(curve.path_dependent)} settle before"


def _at(value: Figure, spx: float) -> str:
    return f"{dollars(value)} at {spx:,.0f}"


def _points(points: Iterable[float]) -> str:
    return "  ".join(f"{point:,.2f}" for point in points) or "none"


def _comparison(one: BreakEvenComparison) -> Iterator[str]:
    full = f"{_points(one.full)}; low {_points(one.low)}; high {_points(one.high)}"
    yield f"  {one.side:4} side {one.bare:,.2f}; first order {figure(one.first_order)}; full {full}"
    terms = ", ".join(f"{name} {dollars(value)}" for name, value in one.terms.items())
    yield f"            the layers gain {dollars(one.gain)} there: {terms}"


def _migration(row: MigrationRow) -> Iterator[str]:
    gained = f"put side {_signed(row.gained_put)}, call side {_signed(row.gained_call)}" if row.layers else ""
    paid = f"; paid {dollars(row.paid)}, {_dollars_a_point(row.paid_per_point)}" if row.layers else ""
    yield f"  {row.name:12} {points_text(row.break_evens)}   {gained}{paid}".rstrip()
    yield f"               {row.words}"


def _signed(value: Figure) -> str:
    return figure(value) if value.value is None else f"{value.value:+,.2f} points"


def _dollars_a_point(value: Figure) -> str:
    return figure(value) if value.value is None else f"${value.value:,.0f} a point gained on the put side"


def _gauge(gauge: Gauge) -> str:
    told = f"  {gauge.name:18} {amount(gauge.value)}"
    if gauge.is_within is None:
        told += f"; {gauge.bound}"
    elif gauge.low is not None and gauge.high is not None:
        told += f", {WITHIN[gauge.is_within]} {amount(gauge.low)} to {amount(gauge.high)} ({gauge.bound})"
    if gauge.before is not None:
        told += f"; without the ticket {amount(gauge.before)}"
    return told


def _greeks(state: RiskState) -> Iterator[str]:
    for row in state.greeks:
        every = (row.value, row.time_value, row.delta, row.gamma, row.vega, row.theta)
        cells = [cell for cell in every if cell is not None]
        if any(cell.value is None for cell in cells):
            yield f"  {row.name:12} {dollars(next(cell for cell in cells if cell.value is None))}"
        else:
            yield f"  {row.name:12} " + " ".join(f"{dollars(cell):>10}" for cell in cells)


def _repricing(state: RiskState) -> Iterator[str]:
    for row in state.repricing:
        layers = ", ".join(f"L{number} {dollars(value)}" for number, value in row.by_layer.items())
        parts = ", ".join(filter(None, (f"condors {dollars(row.condors)}", layers)))
        yield f"  VIX {row.vix:g}  SPX {figure(row.spx)}: {parts}; together {dollars(row.total)}"


def _alignment(one: HedgeAlignment) -> str:
    word = {True: ", aligned", False: ", not aligned", None: ""}[one.is_aligned]
    found = one.break_even
    return (
        f"  L{one.layer} {one.text}: VIX {figure(found.vix)}, SPX {figure(found.spx)}, rho {figure(one.rho)}{word}"
        f"; strike for rho 0.5 {figure(one.strike)}"
    )


def _leg(leg: LegSource) -> Iterator[str]:
    yield f"  {leg.owner}: {leg.text}: {figure(leg.mark)}, delta {figure(leg.delta)}"
    if leg.volatility_source:
        yield f"    volatility {figure(leg.volatility_pct, 1)}: {leg.volatility_source}"
    yield f"    forward {figure(leg.forward)}: {leg.forward_source or unknown_text(leg.forward.unknown)}"


def scenario_text(found: Scenario) -> str:
    """Return the grid of dollars with the layers: a row for each VIX, a column for each SPX."""
    lines = [*simulated_line(found)]
    lines.append(f"as of    {exchange_time(found.as_of)} New York")
    lines.append(f"looking  {exchange_time(found.moment)} New York: dollars of P/L, condors with their layers")
    if found.unknown:
        return said_once([*lines, unknown_text(found.unknown), NOTICE])
    lines += ["", *_grid(found)]
    if found.path_dependent:
        lines.append(f"path-dependent: {', '.join(found.path_dependent)} settle before")
    return said_once([*lines, "", *(f"assumed: {note}" for note in found.notes), NOTICE])


def _grid(found: Scenario) -> Iterator[str]:
    yield _row("SPX", (f"{shock:+g} %" for shock in found.spx_shocks_pct))
    yield _row("VIX", (f"{level:,.0f}" for level in found.spx))
    for shock, level, row in zip(found.vix_shocks, found.vix, _whole(found.hedged), strict=True):
        yield _row(f"{shock:+g}  {level:.2f}", (f"{value:,}" for value in row))


def _whole(rows: NDArray[np.float64]) -> list[list[int]]:
    found: list[list[int]] = np.round(rows).astype(np.int64).tolist()
    return found


def _row(name: str, cells: Iterable[str]) -> str:
    return f"{name:>14} " + " ".join(f"{cell:>10}" for cell in cells)


def amount(value: Figure) -> str:
    """Return dollars as dollars, and anything else with its unit."""
    return dollars(value) if value.unit == "$" else figure(value, 3 if value.unit == "delta" else 1)


def dollars(value: Figure) -> str:
    """Return whole dollars with their sign, or why they are unknown."""
    if value.value is None:
        return figure(value)
    return whole_dollars(value.value)
