"""Which eight figures of money must be read at once? Pure: a MoneyState in, cards out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.money.account import HEADROOM_WARN_PCT, QUICK_WARN
from core.money.claims import TAG
from core.money.returns import LARGEST_PCT
from gui.cards import Card
from gui.formats import UNKNOWN_TEXT, dollars_text, figure_role, figure_tooltip, number_text, profit_text

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.money.money import MoneyState

UNSURE = "cannot tell yet"
LINES = {
    "below": ("▼ below the line of 1 to 2 %", "gain"),
    "within": ("■ within the line of 1 to 2 %", "text"),
    "above": ("▲ above the line of 1 to 2 %", "amber"),
}


def cards_of(state: MoneyState) -> tuple[Card, ...]:
    """Return the cards from left to right; their number is always the same."""
    return (_return(state), _carry(state), _outlay(state), _credited(state), *_account(state), _drift(state))


def percent(figure: Figure, decimals: int = 1, *, is_signed: bool = False) -> str:
    """Return a percentage as it stands on a card; one beyond all measure is "over 10,000 %"."""
    if figure.value is None:
        return UNKNOWN_TEXT
    if figure.value > LARGEST_PCT:
        return f"over {LARGEST_PCT:,.0f} %"
    return f"{number_text(figure.value, decimals, is_signed=is_signed)} %"


def _card(caption: str, value: str, figure: Figure, detail: str, role: str = "") -> Card:
    """Return a card of a figure; where it is unknown the reason stands in place of the detail."""
    tooltip = figure_tooltip(figure, caption)
    if figure.value is None:
        return Card(caption, UNKNOWN_TEXT, figure.unknown, "unknown", tooltip)
    return Card(caption, value, detail, role or figure_role(figure), tooltip)


def _return(state: MoneyState) -> Card:
    whole, bare = state.returns[-1] if len(state.returns) > 2 else state.returns[0], state.returns[0]
    detail = f"all held to expiry {percent(whole.hold)}; condors alone {percent(bare.now)} now"
    role = "" if whole.now.value is None else "gain" if whole.now.value > 0 else "loss"
    return _card("Return a year, all (IRR)", percent(whole.now, is_signed=True), whole.now, detail, role)


def _carry(state: MoneyState) -> Card:
    if not state.carry:
        return Card("Hedge carry so far", UNKNOWN_TEXT, "no hedge was ever entered", "unknown")
    row = state.carry[-1]
    value = row.carry.value or 0.0
    text = f"{'earned' if value < 0 else 'cost'} {dollars_text(abs(value), 0)}"
    detail = f"capital in it {dollars_text(row.held, 0)}: {dollars_text(row.per_day.value)} a day at WACC"
    return _card("Hedge carry so far", text, row.carry, detail, "gain" if value < 0 else "loss" if value else "")


def _outlay(state: MoneyState) -> Card:
    outlay = state.outlay
    words, role = LINES.get(outlay.verdict, ("", "unknown"))
    value = outlay.annual.value or 0.0
    text = f"{'earned' if value < 0 else 'cost'} {number_text(abs(value), 1)} % of equity"
    return _card("Hedge outlay a year", text, outlay.annual, words, role)


def _credited(state: MoneyState) -> Card:
    claim = f"claim: about 65 %, {TAG}"
    figure = state.credited
    if figure.value is None:
        return Card("Months net credited", UNSURE, claim, "unknown", figure_tooltip(figure, "Months net credited"))
    return _card("Months net credited", percent(figure, 0), figure, claim)


def _account(state: MoneyState) -> tuple[Card, ...]:
    quick, room, ratio = state.quick_ratio, state.headroom, state.price_to_cash_flow
    low = quick.value is not None and quick.value < QUICK_WARN
    tight = room.value is not None and room.value < HEADROOM_WARN_PCT
    stressed = f"after the worst at expiry {percent(state.stressed_headroom, 0)}"
    return (
        _card(
            "Quick ratio",
            number_text(quick.value) + (" ▼ low" if low else ""),
            quick,
            f"warns below {QUICK_WARN:g}",
            "amber" if low else "",
        ),
        _card(
            "Room to a margin call",
            percent(room, 0) + (" ▼ tight" if tight else ""),
            room,
            stressed,
            "amber" if tight else "",
        ),
        _card(
            "Capital to yearly cash (P/CF)",
            f"{number_text(ratio.value)} years",
            ratio,
            f"{dollars_text(state.capital.value, 0)} tied up",
        ),
    )


def _drift(state: MoneyState) -> Card:
    drift = state.drift
    detail = f"static {dollars_text(drift.static.value, 0)}, asked {dollars_text(drift.target.value, 0)}"
    return _card("Motion against the static line", profit_text(drift.gap.value, 0), drift.gap, detail)
