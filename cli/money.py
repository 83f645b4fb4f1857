"""`money`: what the hedge costs and brings, and what the pages claim beside one's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.figure_text import exact_dollars, figure, said_once
from cli.text import NOTICE
from cli.values import as_of_moment
from cli.workspace import reading, show
from core.market.times import exchange_time
from core.money.returns import LARGEST_PCT
from core.monitor.money_now import money_now
from core.monitor.money_record import money_record
from db.chain_store import load_quoted
from db.journal_store import load_entries

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from core.market.figure import Figure
    from core.money.money import MoneyState
    from core.money.returns import ReturnRow

MOST_MONTHS, MOST_STRIKES = 12, 6


def run(args: argparse.Namespace) -> int:
    """Run `money`."""
    with reading(args) as workspace:
        facts = workspace.facts(as_of_moment(args.as_of, workspace.now))
        entries = load_entries(workspace.connection)
        quoted = load_quoted(workspace.connection, facts, entries)
    state = money_now(facts, entries, quoted)
    return show(args, money_record(state, is_simulated=facts.is_simulated), said_once(_lines(state)))


def _lines(state: MoneyState) -> Iterator[str]:
    yield f"as of      {exchange_time(state.as_of)} New York"
    yield "returns, percent a year (XIRR): closed now by the model, held to the condors' expiry"
    for row in state.returns:
        rates = f"{_pct(row.now)} now, {_pct(row.hold)} held{_change(row)}"
        yield f"  {row.name:24} {rates}; net cash {exact_dollars(row.net)}"
    yield f"WACC       {figure(state.wacc)}"
    for one in state.carry:
        yield (
            f"  {_name(one.layer):10} held ${one.held:,.2f}, {_dollars(one.per_day)} a day of capital, "
            f"carry {_dollars(one.carry)} (decay {_dollars(one.decay)}, capital {_dollars(one.capital_cost)})"
        )
    yield from _outlay_lines(state)
    yield from _month_lines(state)
    yield from _account_lines(state)
    yield from _market_lines(state)
    yield from _claim_lines(state)
    yield from (f"note: {note}" for note in state.notes)
    yield NOTICE


def _outlay_lines(state: MoneyState) -> Iterator[str]:
    outlay = state.outlay
    told = outlay.annual.value is not None
    line = f": {outlay.verdict} the line of 1 to 2 %" if told else "; the line is 1 to 2 %"
    yield f"outlay     {_dollars(outlay.spent)} in 365 days, {figure(outlay.annual)} of equity{line}"
    yield f"implied    {figure(outlay.implied)} by layer 1's budget on the open condors"
    yield f"financing  {figure(state.self_funding, 1)} of the premium paid by SPX wings in layers"
    yield f"gains      {_dollars(state.gains)} realised: the capital of {figure(state.gains_capacity, 0)}"
    for number, ratio in state.payoff.items():
        yield f"  {_name(number):10} paid out {figure(ratio, 1)} of what was put in"
    yield f"quiet      {_dollars(state.forgone)} spent on the hedge in quiet months"


def _month_lines(state: MoneyState) -> Iterator[str]:
    yield f"income     {_dollars(state.income)} a month after hedge, {figure(state.income_yield)} of equity"
    for row in state.months[-MOST_MONTHS:]:
        quiet = " quiet" if row.is_quiet else ""
        part = "" if row.is_complete else ", not over"
        yield f"  {row.month:%Y-%m}  condors {row.condors:>12,.2f}  hedge {row.hedge:>12,.2f}{quiet}{part}"


def _account_lines(state: MoneyState) -> Iterator[str]:
    yield f"quick      {figure(state.quick_ratio)} (warns below 1.50)"
    stressed = figure(state.stressed_headroom, 1)
    yield f"headroom   {figure(state.headroom, 1)} now, {stressed} after the worst at expiry"
    yield f"P/CF       {figure(state.price_to_cash_flow)}, of {_dollars(state.capital)} tied up"
    drift = state.drift
    yield f"drift      static {_dollars(drift.static)}, asked for {_dollars(drift.target)}"
    yield f"           gap {_dollars(drift.gap)}, held {_dollars(drift.held)}"


def _market_lines(state: MoneyState) -> Iterator[str]:
    found = state.capm
    yield f"beta       VIX {figure(found.vol_beta)}, book {figure(found.equity_beta)}"
    yield f"required   VIX exposure {figure(found.required_vol, 1)}, book {figure(found.required_book, 1)}"
    carry, alike = _dollars(found.expected_carry), _dollars(found.spx_equivalent)
    yield f"           {carry} a year on the hedge; it moves like {alike} of SPX"
    yield f"VRP        {figure(found.vrp_points)}, {figure(found.vrp_variance, 1)}"
    yield f"slippage   {_dollars(state.slippage)}{f' ({state.slippage.note})' if state.slippage.note else ''}"
    yield from _parity_lines(state)


def _parity_lines(state: MoneyState) -> Iterator[str]:
    if not state.parity:
        yield f"parity     unknown ({state.parity_unknown})"
        return
    paying = [row for row in state.parity if row.pays != "neither pays"]
    yield f"parity     {len(state.parity)} strikes, {len(paying)} pay after cost (residuals in ticks)"
    widest = sorted(paying or state.parity, key=lambda row: -abs(row.residual_ticks))[:MOST_STRIKES]
    for row in widest:
        edge = max(row.conversion_ticks, row.reversal_ticks)
        ticks = f"{row.residual_ticks:+.1f}, after cost {edge:+.1f}"
        yield f"  {row.root} {row.expiry} {row.strike:g}: {ticks}, {row.pays}"


def _claim_lines(state: MoneyState) -> Iterator[str]:
    for claim in state.claims:
        yield f"claim      {claim.claim} ({claim.seed}; {claim.tag}): yours {figure(claim.own, 1)}"


def _name(number: int | None) -> str:
    return "all layers" if number is None else f"layer {number}"


def _dollars(value: Figure) -> str:
    return figure(value) if value.value is None else exact_dollars(value.value)


def _change(row: ReturnRow) -> str:
    change = row.change_now.value
    if change is None:
        return ""
    if abs(change) > LARGEST_PCT:
        return f", {'raises' if change > 0 else 'lowers'} it by over {LARGEST_PCT:,.0f} points"
    return f", changes it by {change:+,.2f} points"


def _pct(value: Figure) -> str:
    if value.value is not None and value.value > LARGEST_PCT:
        return f"over {LARGEST_PCT:,.0f} %"
    return figure(value) if value.value is None else f"{value.value:,.1f} %"
