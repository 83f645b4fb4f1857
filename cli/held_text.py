"""How does that which is held read in a terminal? Shorts, time value, falls of SPX, gamma and warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.figure_text import figure, whole_dollars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.market.figure import Figure
    from core.monitor.climate import Climate
    from core.monitor.held_now import HeldNow


def held_lines(held: HeldNow) -> Iterator[str]:
    """Return the measures of what is held, line by line."""
    odds = {one.condor_id: one.inside_pct for one in held.odds}
    for short in held.shorts:
        where = f"{figure(short.multiple)} sqrt({short.sessions}) out, delta {figure(short.delta)}"
        inside = " INSIDE the expected move" if short.is_inside else ""
        chance = f"; between both {figure(odds[short.condor_id], 1)}" if short.side == "call" else ""
        yield f"short      condor {short.condor_id} {short.side} {short.strike:g}: {where}{inside}{chance}"
    for one in held.times:
        name = f"layer {one.number}" if one.number else "condors"
        told = f"time value {dollars(one.extrinsic)}, {dollars(one.theta)} a day"
        share = (
            f", {figure(one.of_condors_pct, 0)} of the condors', curve {dollars(one.roll)}" if one.number else ""
        )
        yield f"decay      {name}: {told}{share}"
    for cover in held.covered:
        told = f"{figure(cover.day_pct, 1)} a day on, {figure(cover.expiry_pct, 1)} at expiry"
        yield f"held       covers {told} under the {cover.response} response"
    for fall in held.falls:
        told = f"the layers gain {dollars(fall.gain)}, {figure(fall.doubling)} of half the fall"
        yield f"SPX -{fall.pct:g} %{'':{5 - len(f'{fall.pct:g}')}}VIX {figure(fall.vix, 1)}: {told}"
    for gamma in held.gammas:
        layers = "".join(f", with L{number} {dollars(value)}" for number, value in gamma.with_layers.items())
        yield f"gamma      {gamma.name}: condors {dollars(gamma.condors)}{layers}"
    states = (
        ("theta window", held.in_window),
        ("VIX range-bound", held.range_bound),
        ("normalising", held.normalising),
    )
    yield "now        " + ", ".join(f"{name} {says.value}" for name, says in states)
    yield from climate_lines(held.climate)
    yield from (f"  note: {warning}" for warning in held.warnings)


def climate_lines(found: Climate) -> Iterator[str]:
    """Return the context of a hedge, line by line."""
    share = figure(found.vx_share_pct, 0)
    yield f"climate    half-life of VIX {figure(found.half_life, 1)}; 30-day VX no lower on {share} of a year"
    rates = f"10y-2y {figure(found.steeper_bp, 1)}, PPI less CPI {figure(found.prices_pp, 1)}"
    yield f"climate    rates and prices benign {found.benign.value}: {rates}"
    dollar = figure(found.dollar_pct, 1)
    yield f"climate    driven from abroad {found.from_abroad.value}: dollar in 63 sessions {dollar}"


def dollars(value: Figure) -> str:
    """Return dollars without cents, or why they are unknown."""
    if value.value is None:
        return figure(value)
    return whole_dollars(value.value)
