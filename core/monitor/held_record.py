"""How does that which is held look as plain data? Shorts, odds, time value, falls of SPX and gamma."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.monitor.plain import or_why

if TYPE_CHECKING:
    from core.monitor.climate import Climate
    from core.monitor.held_decay import TimeValue
    from core.monitor.held_now import HeldNow
    from core.monitor.held_shape import Fall, Gamma
    from core.monitor.held_shorts import CondorShort

NO_DISTANCE = "its distance is unknown"


def held_tree(held: HeldNow) -> dict[str, Any]:
    """Return the measures as a tree of figures, for `sizing --json`."""
    return {
        "shorts": [_short(one) for one in held.shorts],
        "inside_pct": {str(one.condor_id): one.inside_pct for one in held.odds},
        "time_values": [_time(one) for one in held.times],
        "covered": [
            {"response": one.response, "day_pct": one.day_pct, "expiry_pct": one.expiry_pct}
            for one in held.covered
        ],
        "falls": [_fall(one) for one in held.falls],
        "gammas": [_gamma(one) for one in held.gammas],
        "theta_window": held.in_window.value,
        "vix_range_bound": held.range_bound.value,
        "normalising": held.normalising.value,
        "climate": _climate(held.climate),
        "warnings": list(held.warnings),
    }


def _climate(found: Climate) -> dict[str, Any]:
    return {
        "half_life": found.half_life,
        "vx_share_pct": found.vx_share_pct,
        "steeper_bp": found.steeper_bp,
        "prices_pp": found.prices_pp,
        "dollar_pct": found.dollar_pct,
        "benign": found.benign.value,
        "from_abroad": found.from_abroad.value,
    }


def _short(one: CondorShort) -> dict[str, Any]:
    return {
        "condor": one.condor_id,
        "side": one.side,
        "strike": one.strike,
        "sessions": one.sessions,
        "points": one.points,
        "expected_moves": one.multiple,
        "delta": one.delta,
        "is_inside": or_why(one.is_inside, NO_DISTANCE),
    }


def _time(one: TimeValue) -> dict[str, Any]:
    return {
        "layer": one.number or "condors",
        "extrinsic": one.extrinsic,
        "theta": one.theta,
        "pct_of_condors": one.of_condors_pct,
        "roll": one.roll,
        "is_dear": or_why(one.is_dear, one.of_condors_pct.unknown),
    }


def _fall(one: Fall) -> dict[str, Any]:
    return {"pct": one.pct, "spx": one.spx, "vix": one.vix, "gain": one.gain, "doubling": one.doubling}


def _gamma(one: Gamma) -> dict[str, Any]:
    layers = {str(number): value for number, value in one.with_layers.items()}
    return {"name": one.name, "spx": one.spx, "condors": one.condors, "with_layers_to": layers}
