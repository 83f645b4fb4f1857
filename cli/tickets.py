"""`tickets` and `accept`: what the rules propose for what is held, and the intent to act on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cli.text import NOTICE
from cli.usage import UsageError
from cli.values import as_of_moment, date_of
from cli.workspace import reading, show, writing
from core.advice.accepting import accept, fill_text
from core.advice.records import LAST
from core.journal.log import log_rows
from core.market.times import exchange_time
from core.monitor.advice_now import advice, effect
from core.monitor.advice_record import advice_record
from core.monitor.evaluate import stamp
from core.refusal import RefusedError
from db.exports.json_log import log_record
from db.journal_store import append, load_book
from db.sessions import load_calendar

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from cli.workspace import Workspace
    from core.advice.records import Advice, Proposal
    from core.risk_state import RiskState
    from core.state import Facts


def run(args: argparse.Namespace) -> int:
    """Run `tickets` or `accept`."""
    if args.command == "accept":
        return _accept(args)
    with reading(args) as workspace:
        if args.from_day is not None or args.to_day is not None:
            return _walk(args, workspace)
        facts = workspace.facts(as_of_moment(args.as_of, workspace.now))
        found = advice(facts)
        effects = _effects(facts, found, args.key)
        return show(args, advice_record(found, effects), "\n".join(_lines(found, effects, args.key)))


def _walk(args: argparse.Namespace, workspace: Workspace) -> int:
    """Show what each close of a time proposed, from nothing later than that close."""
    if args.from_day is None or args.to_day is None or args.as_of is not None or args.key is not None:
        raise UsageError("a walk wants --from and --to, and neither --as-of nor a KEY")
    first, last = date_of("--from", args.from_day), date_of("--to", args.to_day)
    calendar = load_calendar(workspace.connection)
    days = calendar.days[(calendar.days >= np.datetime64(first)) & (calendar.days <= np.datetime64(last))]
    moments = [calendar.close_of(day) for day in days.tolist()]
    found = [advice(workspace.facts(moment)) for moment in moments if moment <= workspace.now]
    record = [advice_record(one, {}) for one in found]
    return show(args, {"closes": record}, "\n".join(_walk_lines(found)))


def _walk_lines(found: list[Advice]) -> Iterator[str]:
    for one in found:
        told = [proposal for proposal in one.proposals if proposal.situation != LAST]
        for proposal in told:
            but = f"; {proposal.blocked or proposal.unknown}".rstrip("; ")
            yield f"{one.day}  {proposal.title}: {proposal.reason} ({proposal.source}){but}"
        for pattern in one.patterns:
            yield f"{one.day}  warning: {pattern.text} ({pattern.source})"
        if not told and not one.patterns:
            yield f"{one.day}  nothing"
    yield NOTICE


def _effects(facts: Facts, found: Advice, key: str | None) -> dict[str, RiskState]:
    if key is None:
        return {}
    one = named(found, key)
    return {key: effect(facts, one)} if one.ticket else {}


def named(found: Advice, key: str) -> Proposal:
    """Return the proposal of that key. Raises RefusedError."""
    one = next((one for one in found.proposals if one.key == key), None)
    if one is None:
        there = ", ".join(one.key for one in found.proposals) or "none"
        raise RefusedError(f"KEY: {key} is not proposed now (there is {there})")
    return one


def _accept(args: argparse.Namespace) -> int:
    with writing(args) as workspace:
        facts = workspace.facts(workspace.now)
        one = named(advice(facts), args.key)
        book = load_book(workspace.connection)
        draft = accept(book, one, at=workspace.now, note=args.note)
        entries, _ = append(workspace.connection, book, [draft], [stamp(facts)], workspace.now)
        row = log_rows(entries)[0]
        told = f"entry {row.sequence}: {row.what}; nothing is filled: enter the fill when you have it"
        return show(args, log_record(row), told)


def _lines(found: Advice, effects: dict[str, RiskState], key: str | None) -> Iterator[str]:
    simulated = "SIMULATED  " if found.is_simulated else ""
    yield f"{simulated}as of {exchange_time(found.as_of)} New York, playbook {found.playbook_name}"
    yield f"read at the close of {found.day}; {found.window}" if found.day else "no session has closed"
    if key is None:
        yield "situations:"
        for row in found.situations:
            since = f" since {row.since}" if row.since else ""
            yield f"  {row.says.value:7}  {row.title}{since}: {row.reason} ({row.source})"
    yield "proposals, in the order of the seeds:"
    chosen = [one for one in found.proposals if key in (None, one.key)]
    for one in chosen:
        yield from _proposal_lines(one)
    if not chosen:
        yield "  none"
    for state in effects.values():
        yield from _effect_lines(state)
    if key is None and found.looks:
        yield "looks of the session:"
        for look in found.looks:
            mark = "now" if look.is_now else "past" if look.is_past else ""
            yield f"  {exchange_time(look.at)} {mark:4}  {look.what}"
    for pattern in found.patterns:
        yield f"  warning  {pattern.text} ({pattern.source})"
    yield "A proposal is a model's view of the rules, no order: nothing is assumed filled."
    yield NOTICE


def _proposal_lines(one: Proposal) -> Iterator[str]:
    yield f"  {one.key}: {one.title} ({one.source})"
    yield f"      {one.reason}"
    for fill in one.ticket:
        yield f"      {fill_text(fill)}"
    if one.net is not None and one.net.value is not None:
        yield f"      net {one.net.value:+,.2f} $ at model prices, before fees"
    if one.rho_before is not None and one.rho_after is not None:
        before, after = (_rho(figure.value) for figure in (one.rho_before, one.rho_after))
        yield f"      rho {before} -> {after}"
    if one.gain is not None and one.gain.value is not None:
        yield f"      gain {one.gain.value:+,.2f} $: {one.gain.formula}"
    for word, text in (("blocked", one.blocked), ("no ticket", one.unknown)):
        if text:
            yield f"      {word}: {text}"
    if one.needs_reason:
        yield "      needs a reason"
    for note in one.notes:
        yield f"      note: {note}"


def _rho(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


def _effect_lines(state: RiskState) -> Iterator[str]:
    yield "before -> after, by the risk picture:"
    for gauge in state.gauges:
        before = gauge.before.value if gauge.before is not None else None
        yield f"  {gauge.name:36} {_number(before)} -> {_number(gauge.value.value)} {gauge.value.unit}"
    rows = (state.before.migration if state.before else (), state.migration)
    for word, migration in zip(("before", "after"), rows, strict=True):
        if migration:
            roots = ", ".join(f"{root:,.1f}" for root in migration[-1].break_evens.points)
            yield f"  break-evens {word} ({migration[-1].name}): {roots or 'none'}"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.2f}"
