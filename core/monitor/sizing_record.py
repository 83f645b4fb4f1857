"""How does the size of the hedge look as plain data? Every rule side by side, then what was made of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from core.monitor.held_record import held_tree
from core.monitor.plain import Unknown, or_why, plain_record
from core.playbook.sizing import Sizing
from core.playbook.stress import CALL

if TYPE_CHECKING:
    from core.monitor.held_now import HeldNow
    from core.monitor.sizing_now import SizingNow
    from core.playbook.bounds import BoundUse
    from core.playbook.layer_sizes import LayerSize
    from core.playbook.reach import Reach
    from core.playbook.stress import Hedge
    from core.playbook.wishes import Wish
    from core.state import Facts

NO_WING = "no put wing to measure by"


def sizing_record(facts: Facts, found: SizingNow, measured: HeldNow) -> dict[str, Any]:
    """Return what `sizing --json` prints: the size that is asked for, and what is held, measured."""
    sizing = found.sizing
    head = {
        "as_of": facts.now,
        "simulated": facts.is_simulated,
        "playbook": {"name": facts.playbook.name, "hash": facts.playbook.hash},
        "rule": sizing.rule,
    }
    held = {"held": found.held, "excess": found.excess, "measures": held_tree(measured)}
    if not isinstance(sizing, Sizing):
        return plain_record({**head, "sized": Unknown(sizing.reason), **held})
    return plain_record({**head, "sized": _sized(sizing), **held})


def _sized(sizing: Sizing) -> dict[str, Any]:
    cost = sizing.cost
    return {
        "risk": sizing.risk,
        "credit": sizing.credit,
        "notional": sizing.notional,
        "design_spx": sizing.design_spx,
        "ladder_covers_pct": sizing.covers_pct,
        "wishes": [_wish(wish) for wish in sizing.wishes],
        "vxth_pct": sizing.vxth_pct,
        "target": sizing.target,
        "decided_by": sizing.decided_by or Unknown(sizing.target.unknown),
        "layers": [_layer(layer) for layer in sizing.layers],
        "exposure": cost.exposure,
        "premium": cost.premium,
        "vega": cost.vega,
        "exposure_unit": cost.chosen,
        "premium_pct_of_credit": cost.premium_pct,
        "annual": cost.annual,
        "annual_pct_of_equity": cost.annual_pct,
        "coverage": [_reach(reach) for reach in sizing.reached],
        "binding": sizing.binding or Unknown(sizing.target.unknown),
        "shortfall": sizing.shortfall,
        "leverage": {
            "cap_pct": sizing.leverage.cap_pct,
            "cap": sizing.leverage.cap,
            "contracts": sizing.leverage.contracts,
            "premium": sizing.leverage.premium,
            "of": sizing.leverage.text or Unknown(sizing.leverage.cap.unknown),
        },
        "bounds": [_bound(use) for use in sizing.bounds],
        "notes": list(sizing.notes),
    }


def _wish(wish: Wish) -> dict[str, Any]:
    return {
        "rule": wish.rule,
        "source": wish.source,
        "exposure": wish.exposure,
        "low": wish.low,
        "high": wish.high,
        "calls": wish.calls,
        "vxm": wish.vxm,
        "premium": wish.premium,
        "formula": wish.exposure.formula,
    }


def _layer(layer: LayerSize) -> dict[str, Any]:
    return {
        "number": layer.number,
        "hedge": _hedge(layer.hedge),
        "exact": layer.exact,
        "contracts": layer.contracts,
        "exposure": layer.exposure,
        "premium": layer.premium,
        "vega": layer.vega,
        "annual": layer.annual,
    }


def _hedge(hedge: Hedge) -> dict[str, Any]:
    is_call = hedge.kind == CALL
    return {
        "text": hedge.text,
        "expiry": hedge.expiry,
        "days": hedge.days,
        "vx": hedge.forward,
        "strike": hedge.strike if is_call else Unknown("a future has no strike"),
        "cap": hedge.cap or Unknown("it is no spread"),
        "most": hedge.most if hedge.cap else Unknown("without a cap it has no most"),
        "price": hedge.premium,
        "volatility_pct": 100.0 * hedge.sigma,
        "delta": hedge.delta,
        "rho": or_why(None if math.isnan(hedge.rho) else hedge.rho, NO_WING),
        "note": hedge.note,
    }


def _reach(reach: Reach) -> dict[str, Any]:
    return {
        "response": reach.response,
        "vix": reach.vix,
        "day_pct": reach.day_pct,
        "expiry_pct": reach.expiry_pct,
        "by_layer": {str(number): gain for number, gain in reach.by_layer.items()},
    }


def _bound(use: BoundUse) -> dict[str, Any]:
    return {
        "key": use.key,
        "condors": use.condors,
        "by_layer": {str(number): value for number, value in use.by_layer.items()},
        "total": use.total,
        "low": use.low,
        "high": use.high,
        "is_within": or_why(use.is_within, "the book or the bound is unknown"),
        "formula": use.formula,
    }
