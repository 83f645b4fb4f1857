"""What is the risk of the book at a moment, and what if? One pure function that screen and command line read."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from core.market.figure import known, unknown
from core.monitor.risk_asked import MOST_SSR, Seen, ground_of, seen
from core.monitor.risk_cloud import edr_bands
from core.monitor.risk_compare import comparisons
from core.monitor.risk_curves import risk_curves, risk_grid
from core.monitor.risk_gauges import gauges
from core.monitor.risk_greeks import book_greeks, greek_rows, leg_sources
from core.monitor.risk_ground import CONDORS, Ground
from core.monitor.risk_heat import check_shocks, heat_map, scenario_grid
from core.monitor.risk_hedges import alignments, repricing
from core.monitor.risk_migration import migration
from core.monitor.risk_moments import CHOSEN, DAY, EXPIRY, curve_moments, sessions_to
from core.risk_state import CURVES, GAUGES, HEAT, HEDGES, MIGRATION, RiskAsked, RiskPoint, RiskState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from core.monitor.risk_moments import At
    from core.risk_state import Scenario
    from core.state import Facts

__all__ = ["MOST_SSR", "Seen", "ground_of", "risk", "risk_of", "scenario", "seen"]

DEFAULT = RiskAsked()
SEVEN_SPX_PCT = (-15.0, -10.0, -5.0, 0.0, 2.5, 5.0, 7.5)
SEVEN_VIX = (-5.0, 0.0, 5.0, 10.0, 20.0, 30.0, 45.0)
"""The default shocks of `scenario`: falls reach farther than rises, and VIX mostly rises."""


def risk(facts: Facts, asked: RiskAsked = DEFAULT) -> RiskState:
    """Return the whole risk picture at `facts.now`, or the parts of it that are asked for.

    Reads no clock, no file, and nothing later than now. Raises RefusedError for a what-if that cannot be.
    """
    return risk_of(seen(facts), asked)


def risk_of(found: Seen, asked: RiskAsked) -> RiskState:
    """Return what `risk` does of a market that was read already."""
    ground = ground_of(found, asked)
    before = ground_of(found, replace(asked, ticket=())) if asked.ticket else None
    facts, moment = found.facts, ground.moment
    is_later = moment > ground.now
    moments = curve_moments(ground.book, moment if is_later else None, ground.now, ground.market.calendar)
    sessions = sessions_to(moment, ground.now, ground.market.calendar)
    state = RiskState(
        as_of=facts.now,
        is_simulated=facts.is_simulated,
        playbook_name=facts.playbook.name,
        playbook_hash=facts.playbook.hash,
        asked=asked,
        spx=found.market.readings["SPX"],
        vix=found.market.readings["VIX"],
        point=_point(ground),
        spot_vol=ground.market.responses,
        edr_bands=edr_bands(None if math.isnan(ground.spx) else ground.spx, found.edr_points.value, sessions),
        grid=risk_grid(ground),
        before=_before(before, found, asked, moments),
        notes=ground.notes,
        unknown=_unknown(ground),
    )
    return replace(state, **_parts(ground, found, asked, moments, before))


def _parts(
    ground: Ground, found: Seen, asked: RiskAsked, moments: Sequence[At], before: Ground | None
) -> dict[str, Any]:
    """Return the parts of the state that are asked for, by field."""
    parts, grid = asked.parts, risk_grid(ground)
    expiry = next((at.moment for at in moments if at.key == EXPIRY), None)
    out: dict[str, Any] = {}
    if CURVES in parts:
        out["curves"] = risk_curves(ground, grid, moments)
    if MIGRATION in parts and expiry is not None and len(grid):
        out["migration"] = migration(ground, grid, expiry)
        out["comparisons"] = comparisons(ground, expiry)
    if HEAT in parts:
        at = next((at for at in moments if at.key == CHOSEN), None) or next(at for at in moments if at.key == DAY)
        out["heat"] = heat_map(ground, at, found.facts.past.history)
    if GAUGES in parts:
        greeks, was = book_greeks(ground), book_greeks(before) if before is not None else None
        out["gauges"] = gauges(greeks, found.facts.playbook, found.facts.book.account, was)
        out["greeks"], out["legs"] = greek_rows(greeks), leg_sources(greeks)
    if HEDGES in parts:
        out["repricing"], out["alignments"] = repricing(ground), alignments(ground)
    return out


def _point(ground: Ground) -> RiskPoint:
    each = ground.profits(ground.spx, ground.vix, ground.moment)
    spx, vix = (
        unknown(ground.why_nowhere, "points")
        if math.isnan(level)
        else known(level, "points", "the point looked at")
        for level in (ground.spx, ground.vix)
    )
    condors = ground.groups[CONDORS]
    return RiskPoint(
        spx,
        vix,
        ground.moment,
        ground.dollars(
            float(each[CONDORS]), ground.why(condors, ground.moment), "P/L of the condors at the point"
        ),
        ground.dollars(
            float(each.sum()), ground.why(ground.whole, ground.moment), "P/L of everything at the point"
        ),
    )


def _before(before: Ground | None, found: Seen, asked: RiskAsked, moments: Sequence[At]) -> RiskState | None:
    """Return the book without the ticket: its curves at the same moments, its greeks and legs."""
    if before is None:
        return None
    without = risk_of(found, replace(asked, ticket=(), parts=asked.parts & {GAUGES}))
    if CURVES not in asked.parts:
        return without
    return replace(without, curves=risk_curves(before, without.grid, moments))


def _unknown(ground: Ground) -> tuple[str, ...]:
    reasons = [ground.why_nowhere, *ground.table.unknown]
    return tuple(dict.fromkeys(reason for reason in reasons if reason))


def scenario(
    facts: Facts,
    asked: RiskAsked = DEFAULT,
    spx_pct: Sequence[float] = SEVEN_SPX_PCT,
    vix_points: Sequence[float] = SEVEN_VIX,
) -> Scenario:
    """Return P/L over shocks of SPX (percent) and VIX (points) at the moment asked, from the market as quoted.

    Raises RefusedError for a what-if that cannot be, and for no shocks or more than 101 of one kind.
    """
    ground = ground_of(seen(facts), asked)
    across, along = check_shocks("spx", spx_pct, -100.0), check_shocks("vix", vix_points, -1000.0)
    return replace(scenario_grid(ground, ground.moment, across, along), is_simulated=facts.is_simulated)
