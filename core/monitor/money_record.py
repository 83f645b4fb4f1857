"""How do the money measures look as plain data? What `money --json` prints: exact amounts as decimal text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.money.claims import TAG
from core.monitor.plain import Unknown, or_why, plain_record

if TYPE_CHECKING:
    from decimal import Decimal

    from core.market.figure import Figure
    from core.money.capm import Capm
    from core.money.carry import CarryRow
    from core.money.money import MoneyState
    from core.money.months import MonthRow
    from core.money.parity import ParityRow
    from core.money.returns import ReturnRow
    from core.money.slippage import SlippageRow

NO_PRICE = "only its package has a price"
NO_QUOTE = "no quote of its moment is stored"


def money_record(state: MoneyState, *, is_simulated: bool) -> dict[str, Any]:
    """Return all that `money --json` prints; `unknown` maps the dotted path of each null to its reason."""
    return plain_record(
        {
            "as_of": state.as_of,
            "simulated": is_simulated,
            "returns": [_return(row) for row in state.returns],
            "wacc_pct": state.wacc,
            "carry": [_carry(row) for row in state.carry],
            "outlay": {
                "spent_in_year": state.outlay.spent,
                "annual_pct": state.outlay.annual,
                "implied_annual_pct": state.outlay.implied,
                "verdict": state.outlay.verdict,
            },
            "months": [_month(row) for row in state.months],
            "credited_months_pct": state.credited,
            "forgone_in_quiet_months": state.forgone,
            "income_a_month": state.income,
            "income_yield_pct": state.income_yield,
            "payoff_pct": {_layer(number): figure for number, figure in state.payoff.items()},
            "financing": _financing(state),
            "gains": _gains(state),
            "account": {
                "quick_ratio": state.quick_ratio,
                "margin_headroom_pct": state.headroom,
                "margin_headroom_after_worst_pct": state.stressed_headroom,
                "capital": state.capital,
                "price_to_cash_flow_years": state.price_to_cash_flow,
            },
            "capm": _capm(state.capm),
            "drift": {
                "static": state.drift.static,
                "target": state.drift.target,
                "held": state.drift.held,
                "gap": state.drift.gap,
            },
            "slippage": {"dollars": state.slippage, "fills": [_fill(row) for row in state.fills]},
            "parity": [_parity(row) for row in state.parity] or Unknown(state.parity_unknown),
            "claims": [
                {"key": one.key, "claim": one.claim, "seed": one.seed, "tag": TAG, "own": one.own}
                for one in state.claims
            ],
            "notes": list(state.notes),
        }
    )


def _layer(number: int | None) -> str:
    return "all" if number is None else f"layer{number}"


def _exact(amount: Decimal) -> str:
    return f"{amount:.2f}" if amount == round(amount, 2) else f"{amount:f}"


def _return(row: ReturnRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "net_cash": _exact(row.net),
        "irr_now_pct": row.now,
        "irr_hold_pct": row.hold,
        "change_now_points": row.change_now,
        "change_hold_points": row.change_hold,
    }


def _carry(row: CarryRow) -> dict[str, Any]:
    return {
        "layer": _layer(row.layer),
        "held": _exact(row.held),
        "realised": _exact(row.realised),
        "fees": _exact(row.fees),
        "capital_a_day": row.per_day,
        "capital_so_far": row.capital_cost,
        "decay": row.decay,
        "carry": row.carry,
    }


def _month(row: MonthRow) -> dict[str, Any]:
    return {
        "month": f"{row.month:%Y-%m}",
        "condors": _exact(row.condors),
        "hedge": _exact(row.hedge),
        "net": _exact(row.net),
        "quiet": or_why(row.is_quiet, "no VIX close is known in it"),
        "complete": row.is_complete,
    }


def _financing(state: MoneyState) -> dict[str, Any]:
    rows = [
        {
            "sequence": row.seq,
            "day": row.day,
            "layer": row.layer,
            "credit": _exact(row.credit),
            "low_vix": or_why(row.is_low_vix, "VIX was unknown then"),
        }
        for row in state.funding
    ]
    return {"self_funding_pct": state.self_funding, "ledger": rows}


def _gains(state: MoneyState) -> dict[str, Any]:
    rows = [
        {
            "sequence": row.seq,
            "day": row.day,
            "layer": row.layer,
            "gain": _exact(row.gain),
            "total": _exact(row.total),
        }
        for row in state.gain_rows
    ]
    return {"realised": state.gains, "condors": state.gains_capacity, "ledger": rows}


def _capm(found: Capm) -> dict[str, Figure]:
    return {
        "vol_beta": found.vol_beta,
        "book_beta": found.equity_beta,
        "required_vol_pct": found.required_vol,
        "required_book_pct": found.required_book,
        "vix_delta_notional": found.exposure,
        "spx_equivalent": found.spx_equivalent,
        "expected_carry_a_year": found.expected_carry,
        "vrp_points": found.vrp_points,
        "vrp_variance": found.vrp_variance,
    }


def _fill(row: SlippageRow) -> dict[str, Any]:
    return {
        "sequence": row.seq,
        "day": row.day,
        "fill": row.text,
        "price": or_why(None if row.price is None else f"{row.price:f}", NO_PRICE),
        "mid": or_why(row.mid, NO_QUOTE),
        "cost": or_why(
            None if row.cost is None else _exact(row.cost), NO_PRICE if row.price is None else NO_QUOTE
        ),
        "source": row.source,
    }


def _parity(row: ParityRow) -> dict[str, Any]:
    return {
        "root": row.root,
        "expiry": row.expiry,
        "strike": row.strike,
        "forward": row.forward,
        "forward_source": row.forward_source,
        "rate_pct": row.rate_pct,
        "call_mid": row.call_mid,
        "put_mid": row.put_mid,
        "residual_ticks": row.residual_ticks,
        "conversion_ticks": row.conversion_ticks,
        "reversal_ticks": row.reversal_ticks,
        "pays": row.pays,
    }
