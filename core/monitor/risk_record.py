"""How does the risk picture look as plain data? What `risk --json` and `scenario --json` print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.monitor.plain import Unknown, or_why, plain_record
from core.monitor.position_record import break_evens_tree, zone_tree
from core.risk_state import RESPONSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.measures.spot_vol import Response
    from core.risk_state import (
        BreakEvenComparison,
        Gauge,
        GreekRow,
        HeatMap,
        HedgeAlignment,
        LegSource,
        MigrationRow,
        Repricing,
        RiskCurve,
        RiskState,
        Scenario,
        SideExtreme,
    )
    from core.valuation.response_map import ResponseMap

CENTS = 2
NOT_MOVED = "no what-if moves it"
NO_TICKET = "no ticket is proposed"
NO_BOUND = "the playbook has no such bound"
WHOLE_BOOK = "it hedges the whole book"
NOT_FITTED = "an assumption of the playbook, not fitted"


def risk_record(state: RiskState) -> dict[str, Any]:
    """Return all that `risk --json` prints; `unknown` maps the dotted path of each null to its reason."""
    tree = {
        "as_of": state.as_of,
        "simulated": state.is_simulated,
        "playbook": {"name": state.playbook_name, "hash": state.playbook_hash},
        "what_if": _asked(state),
        "spx": state.spx,
        "vix": state.vix,
        "point": _point(state),
        "spot_vol": _spot_vol(state.spot_vol),
        "edr_bands": [_fields(band, "multiple", "sessions", "low", "high") for band in state.edr_bands],
        "grid": _numbers(state.grid, "SPX is unknown"),
        "curves": [_curve(curve) for curve in state.curves],
        "break_evens": [_comparison(one) for one in state.comparisons],
        "migration": [_migration(row) for row in state.migration],
        "heat": _heat(state.heat) if state.heat else Unknown("it was not asked for"),
        "gauges": {gauge.key: _gauge(gauge) for gauge in state.gauges},
        "greeks": [_greeks(row) for row in state.greeks],
        "repricing": [_repricing(row) for row in state.repricing],
        "alignment": [_alignment(one) for one in state.alignments],
        "legs": [_leg(leg) for leg in state.legs],
        "before": _before(state),
        "notes": list(state.notes),
        "missing": list(state.unknown),
    }
    return plain_record(tree)


def scenario_record(found: Scenario) -> dict[str, Any]:
    """Return all that `scenario --json` prints: a row of dollars for each VIX level, a column for each SPX."""
    return plain_record(
        {
            "as_of": found.as_of,
            "simulated": found.is_simulated,
            "moment": found.moment,
            "spx_shocks_pct": found.spx_shocks_pct.tolist(),
            "vix_shocks": found.vix_shocks.tolist(),
            "spx": _numbers(found.spx, found.unknown),
            "vix": _numbers(found.vix, found.unknown),
            "bare": _numbers(found.bare, found.unknown),
            "hedged": _numbers(found.hedged, found.unknown),
            "path_dependent": list(found.path_dependent),
            "notes": list(found.notes),
        }
    )


def _fields(record: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _numbers(values: NDArray[np.float64], reason: str) -> Any:
    """Return an array to the cent, or why it is unknown."""
    if not np.isfinite(values).all():
        return Unknown(reason)
    return np.round(values, CENTS).tolist()


def _asked(state: RiskState) -> dict[str, Any]:
    asked = state.asked
    return {
        "is_what_if": asked.is_what_if,
        "words": asked.words,
        **{name: or_why(getattr(asked, name), NOT_MOVED) for name in ("spx", "vix", "days", "day", "ssr")},
        "response": asked.response,
        "layers": or_why(None if asked.layers is None else sorted(asked.layers), "all layers count"),
        "condor": or_why(asked.condor_id, "the whole book"),
        "ticket": [
            {
                "leg": f"{one.fill.quantity:+d} {one.fill.contract.text}",
                "price": or_why(one.fill.price, "it has none"),
                "layer": or_why(one.layer, "it belongs to a condor"),
                "condor": or_why(one.condor_id, WHOLE_BOOK),
            }
            for one in asked.ticket
        ],
    }


def _point(state: RiskState) -> dict[str, Any]:
    return _fields(state.point, "spx", "vix", "moment", "bare", "hedged")


def _spot_vol(used: ResponseMap) -> dict[str, Any]:
    return {
        **{name: _response(getattr(used, name)) for name in RESPONSES},
        "fitted": used.is_fitted,
        **{name: or_why(getattr(used, name), NOT_FITTED) for name in ("fitted_on", "first", "last")},
        "sessions": used.sessions,
        "note": used.note,
    }


def _response(response: Response) -> dict[str, Any]:
    return {"b_down": float(response.b_down), "b_up": float(response.b_up)}


def _curve(curve: RiskCurve) -> dict[str, Any]:
    def by_response(rows: NDArray[np.float64]) -> dict[str, Any]:
        return {name: _numbers(row, curve.unknown) for name, row in zip(RESPONSES, rows, strict=True)}

    return {
        "key": curve.key,
        "label": curve.label,
        "moment": curve.moment,
        "bare": by_response(curve.bare),
        "hedged": by_response(curve.hedged),
        "bare_break_evens": break_evens_tree(curve.bare_break_evens),
        "break_evens": break_evens_tree(curve.break_evens),
        "sides": [_side(side) for side in curve.sides],
        "responses": {
            one.response: {
                "points": list(one.points),
                "zones": [zone_tree(zone) for zone in one.zones],
                "sides": [_side(side) for side in one.sides],
            }
            for one in curve.responses
        },
        "path_dependent": list(curve.path_dependent),
    }


def _side(found: SideExtreme) -> dict[str, Any]:
    return _fields(found, "side", "worst", "worst_at", "best", "best_at")


def _comparison(one: BreakEvenComparison) -> dict[str, Any]:
    return {
        **_fields(one, "side", "bare", "gain"),
        "terms": dict(one.terms),
        **_fields(one, "first_order"),
        **{name: list(getattr(one, name)) for name in ("full", "low", "high")},
    }


def _migration(row: MigrationRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "layers": list(row.layers),
        "points": or_why(
            None if row.break_evens.unknown else list(row.break_evens.points), row.break_evens.unknown
        ),
        **_fields(row, "gained_put", "gained_call", "paid", "paid_per_point", "least"),
        "least_at": or_why(row.least_at if row.least.is_known else None, row.least.unknown),
        "least_side": row.least_side,
        "words": row.words,
    }


def _heat(heat: HeatMap) -> dict[str, Any]:
    return {
        **_fields(heat, "key", "label", "moment"),
        "spx": _numbers(heat.spx, heat.unknown),
        "vix": _numbers(heat.vix, heat.unknown),
        "dollars": _numbers(heat.dollars, heat.unknown),
        "line_vix": {
            name: _numbers(row, heat.unknown) for name, row in zip(RESPONSES, heat.line_vix, strict=True)
        },
        "sessions": heat.sessions,
        "cloud": {
            "spx": np.round(heat.cloud_spx, CENTS).tolist(),
            "vix": np.round(heat.cloud_vix, CENTS).tolist(),
            "from": or_why(heat.cloud_from, heat.cloud_unknown),
            "to": or_why(heat.cloud_to, heat.cloud_unknown),
        },
        "path_dependent": list(heat.path_dependent),
    }


def _gauge(gauge: Gauge) -> dict[str, Any]:
    return {
        "name": gauge.name,
        "value": gauge.value,
        "unit": gauge.value.unit,
        "low": or_why(gauge.low, NO_BOUND),
        "high": or_why(gauge.high, NO_BOUND),
        "within": or_why(gauge.is_within, gauge.value.unknown or gauge.bound),
        "bound": gauge.bound,
        "before": or_why(gauge.before, NO_TICKET),
        "was_within": or_why(gauge.was_within, NO_TICKET if gauge.before is None else gauge.bound),
    }


def _greeks(row: GreekRow) -> dict[str, Any]:
    return _fields(row, "group", "name", "value", "delta", "gamma", "vega", "theta", "time_value")


def _repricing(row: Repricing) -> dict[str, Any]:
    by_layer = {str(number): dollars for number, dollars in row.by_layer.items()}
    return {**_fields(row, "vix", "spx", "condors"), "layers": by_layer, "total": row.total}


def _alignment(one: HedgeAlignment) -> dict[str, Any]:
    return {
        "layer": one.layer,
        "condor": or_why(one.condor_id, WHOLE_BOOK),
        "leg": one.text,
        "vix": one.break_even.vix,
        "spx": one.break_even.spx,
        "rho": one.rho,
        "aligned": or_why(one.is_aligned, one.rho.unknown),
        "strike_for_rho_half": one.strike,
    }


def _leg(leg: LegSource) -> dict[str, Any]:
    return _fields(
        leg,
        "owner",
        "text",
        "mark",
        "volatility_pct",
        "volatility_source",
        "forward",
        "forward_source",
        "delta",
    )


def _before(state: RiskState) -> Any:
    if state.before is None:
        return Unknown(NO_TICKET)
    found = state.before
    return {
        "point": _point(found),
        "curves": [_curve(curve) for curve in found.curves],
        "greeks": [_greeks(row) for row in found.greeks],
    }
