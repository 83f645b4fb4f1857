"""Which rows do proposals have on screen? Situations, tickets, before and after, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.times import exchange_time
from core.playbook.verdict import Says
from gui.cells import Cell, Rows
from gui.formats import dollars_text, figure_role, figure_text, figure_tooltip, number_text, profit_text

if TYPE_CHECKING:
    from core.advice.checklist import Look
    from core.advice.records import Advice, Proposal, Situation
    from core.market.figure import Figure
    from core.risk_state import Gauge, ProposedFill, RiskState

MARKS = {Says.ON: "● on", Says.OFF: "○ off", Says.UNKNOWN: "? unknown", Says.BLOCKED: "■ blocked"}
ROLES = {Says.ON: "text", Says.OFF: "text_muted", Says.UNKNOWN: "unknown", Says.BLOCKED: "amber"}
NO_DATA = "No session has closed yet: import SPX, VIX and VIX9D, and proposals appear here."
LIMIT = "Proposals follow the rules at the last close. They are no orders, and nothing is assumed filled."


def head_text(found: Advice) -> str:
    """Return in one line how much is proposed, of which close, and whether it is an hour to roll in."""
    if found.day is None:
        return NO_DATA
    urgent = [one for one in found.proposals if not one.needs_reason]
    count = f"{len(urgent)} proposal{'' if len(urgent) == 1 else 's'}" if urgent else _nothing(found)
    simulated = "SIMULATED · " if found.is_simulated else ""
    return f"{simulated}{count} at the close of {found.day} · hours: {found.window}"


def _nothing(found: Advice) -> str:
    return "Nothing is proposed" + (" but what needs a reason" if found.proposals else "")


def patterns_text(found: Advice) -> str:
    """Return the patterns to be warned of, one line each; "" where there is none."""
    return "\n".join(f"▲ {one.text} (seed {one.source})" for one in found.patterns)


def titled(words: str) -> str:
    """Return words with a capital letter first."""
    return words[:1].upper() + words[1:]


def situations_table(found: Advice) -> Rows:
    """Return the rows of the decision tables with what they say."""
    return Rows("Situations", ("Situation", "Says", "Since", "Seed"), tuple(map(_situation, found.situations)))


def _situation(row: Situation) -> tuple[Cell, ...]:
    role = ROLES[row.says]
    return (
        Cell(titled(row.title), row.reason, role, is_number=False),
        Cell(MARKS[row.says], row.reason, role, is_number=False),
        Cell(str(row.since) if row.since else "", row.reason, role, is_number=False),
        Cell(row.source, row.reason, role, is_number=False),
    )


def looks_table(found: Advice) -> Rows:
    """Return the fixed list of the session, the look that is due now marked."""
    return Rows("Looks of the session", ("New York", "", "Look"), tuple(map(_look, found.looks)))


def _look(one: Look) -> tuple[Cell, ...]:
    role = "text" if one.is_now else "text_muted"
    mark = "▸ now" if one.is_now else "past" if one.is_past else ""
    words = (exchange_time(one.at)[-5:], mark, one.what)
    return tuple(Cell(word, str(one.at.date()), role, is_number=False) for word in words)


def ticket_table(one: Proposal) -> Rows:
    """Return the fills of a proposal at model prices."""
    titles = ("For", "Quantity", "Contract", "Model price", "Dollars")
    return Rows("Ticket", titles, tuple(map(_fill, one.ticket)))


def _fill(proposed: ProposedFill) -> tuple[Cell, ...]:
    fill = proposed.fill
    owner = f"L{proposed.layer}" if proposed.layer is not None else f"condor {proposed.condor_id}"
    price = fill.price or 0
    moved = -price * fill.quantity * fill.contract.multiplier
    is_paid = fill.contract.strike is not None or fill.contract.expiry is None
    return (
        Cell(owner, is_number=False),
        Cell(f"{fill.quantity:+d}"),
        Cell(fill.contract.text, is_number=False),
        Cell(number_text(price, 2), "the model's value now, to the cent: type what you get"),
        Cell(profit_text(moved) if is_paid else "no cash", "before fees; a future moves none when it is opened"),
    )


def facts_table(one: Proposal) -> Rows:
    """Return what a proposal brings: net cash, rho before and after, what it would realise."""
    rows = [
        _fact("Net, before fees", one.net, profit_text(one.net.value) if one.net and one.net.is_known else ""),
        _fact("Would realise", one.gain, profit_text(one.gain.value) if one.gain and one.gain.is_known else ""),
        _fact("rho before", one.rho_before),
        _fact("rho after", one.rho_after),
    ]
    return Rows("What it brings", ("", ""), tuple(row for row in rows if row is not None))


def _fact(name: str, figure: Figure | None, text: str = "") -> tuple[Cell, Cell] | None:
    if figure is None:
        return None
    shown = text or figure_text(figure, decimals=2)
    return Cell(name, is_number=False), Cell(shown, figure_tooltip(figure), figure_role(figure))


def effect_table(state: RiskState) -> Rows:
    """Return gauges and break-evens before and after the ticket, as the risk screen has them."""
    gauges = [_gauge(gauge) for gauge in state.gauges]
    return Rows("Before and after", ("", "Before", "After", "Within"), (*gauges, *_break_evens(state)))


def _gauge(gauge: Gauge) -> tuple[Cell, ...]:
    words = {True: "within", False: "OUTSIDE", None: "—"}
    before = gauge.before or gauge.value
    return (
        Cell(gauge.name, gauge.bound, is_number=False),
        _value(before),
        _value(gauge.value),
        Cell(words[gauge.is_within], gauge.bound, "loss" if gauge.is_within is False else "text", is_number=False),
    )


def _value(figure: Figure) -> Cell:
    text = dollars_text(figure.value, 0) if figure.unit == "$" and figure.is_known else figure_text(figure)
    return Cell(text, figure_tooltip(figure), figure_role(figure))


def _break_evens(state: RiskState) -> tuple[tuple[Cell, ...], ...]:
    before = state.before.migration if state.before is not None else ()
    texts = [_roots(rows[-1].break_evens.points) if rows else "—" for rows in (before, state.migration)]
    told = "every root at the condors' expiry with all layers, base VIX response"
    return ((Cell("Break-evens, hedged", told, is_number=False), *(Cell(text, told) for text in texts), Cell("")),)


def _roots(points: tuple[float, ...]) -> str:
    return " / ".join(number_text(point, 1) for point in points) or "none"
