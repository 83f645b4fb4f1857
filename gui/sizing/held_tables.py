"""Which rows does that which is held have on screen? Shorts, decay, falls of SPX and gamma, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.cells import Cell, Rows
from gui.formats import figure_text
from gui.sizing.tables import figure_cell

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.monitor.held_decay import TimeValue
    from core.monitor.held_now import HeldNow
    from core.monitor.held_shape import Fall, Gamma
    from core.monitor.held_shorts import CondorShort


def held_text(held: HeldNow) -> str:
    """Return the warnings, one sentence after the other; then the words of the rules that go with what is held."""
    said = [f"{warning[0].upper()}{warning[1:]}." for warning in held.warnings]
    states = f"Theta window {held.in_window.value}, VIX range-bound {held.range_bound.value}"
    return " ".join([*said, f"{states}, normalising {held.normalising.value}."])


def held_tables(held: HeldNow) -> tuple[Rows, ...]:
    """Return the tables of what is held."""
    return (_shorts(held), _covered(held), _decay(held), _falls(held), _gammas(held), _climate(held))


def _shorts(held: HeldNow) -> Rows:
    titles = ("Short", "Strike", "Expected moves out", "Sessions", "Delta", "", "Ends between")
    odds = {one.condor_id: one.inside_pct for one in held.odds}
    return Rows("Shorts", titles, tuple(_short(one, held, odds) for one in held.shorts))


def _short(one: CondorShort, held: HeldNow, odds: dict[int, Figure]) -> tuple[Cell, ...]:
    is_first = next(other for other in held.shorts if other.condor_id == one.condor_id) is one
    return (
        Cell(f"Condor {one.condor_id} {one.side}", is_number=False),
        Cell(f"{one.strike:g}", f"{figure_text(one.points, decimals=1)} from SPX"),
        figure_cell(one.multiple, 2),
        Cell(str(one.sessions), "closes until it expires"),
        figure_cell(one.delta, 2),
        Cell("INSIDE" if one.is_inside else "", "inside one expected move", "loss", is_number=False),
        figure_cell(odds[one.condor_id], 1) if is_first else Cell(""),
    )


def _covered(held: HeldNow) -> Rows:
    titles = ("What is held covers", "A day on", "At expiry")
    rows = (
        (Cell(one.response, is_number=False), figure_cell(one.day_pct, 1), figure_cell(one.expiry_pct, 1))
        for one in held.covered
    )
    return Rows("Covered", titles, tuple(rows))


def _climate(held: HeldNow) -> Rows:
    found = held.climate
    rows = (
        ("Half-life of VIX", found.half_life, 1, ""),
        ("30-day VX no lower, of a year", found.vx_share_pct, 0, ""),
        ("10y-2y steeper", found.steeper_bp, 0, f"benign: {found.benign.value}"),
        ("PPI less CPI", found.prices_pp, 1, f"benign: {found.benign.value}"),
        ("Dollar in 63 sessions", found.dollar_pct, 1, f"from abroad: {found.from_abroad.value}"),
    )
    cells = (
        (Cell(name, value.formula, is_number=False), figure_cell(value, n), Cell(said, is_number=False))
        for name, value, n, said in rows
    )
    return Rows("Climate", ("Context, no trigger", "", ""), tuple(cells))


def _decay(held: HeldNow) -> Rows:
    titles = ("What waiting does", "Time value", "A day", "Of condors'", "Curve a day", "")
    return Rows("Decay", titles, tuple(_time(one) for one in held.times))


def _time(one: TimeValue) -> tuple[Cell, ...]:
    return (
        Cell(f"L{one.number}" if one.number else "Condors", is_number=False),
        figure_cell(one.extrinsic, 0),
        figure_cell(one.theta, 0),
        figure_cell(one.of_condors_pct, 0) if one.number else Cell(""),
        figure_cell(one.roll, 0) if one.number else Cell(""),
        Cell("DEAR" if one.is_dear else "", "above a quarter of what the condors gain", "amber", is_number=False),
    )


def _falls(held: HeldNow) -> Rows:
    titles = ("SPX at once", "VIX", "Layers gain", "Of half the fall")
    return Rows("Falls", titles, tuple(_fall(one) for one in held.falls))


def _fall(one: Fall) -> tuple[Cell, ...]:
    return (
        Cell(f"-{one.pct:g} %", figure_text(one.spx, decimals=0)),
        figure_cell(one.vix, 1),
        figure_cell(one.gain, 0),
        figure_cell(one.doubling, 2),
    )


def _gammas(held: HeldNow) -> Rows:
    layers = tuple(f"with L{number}" for number in (held.gammas[0].with_layers if held.gammas else ()))
    return Rows("Gamma", ("Gamma", "Condors", *layers), tuple(_gamma(one) for one in held.gammas))


def _gamma(one: Gamma) -> tuple[Cell, ...]:
    parts = (one.condors, *one.with_layers.values())
    return (Cell(one.name, one.condors.formula, is_number=False), *(figure_cell(part, 0) for part in parts))
