"""What would the act do? Cash, greatest loss, break-evens and flags, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.journal.body import POSITION_KINDS, read_position
from core.journal.entry import Entry, Stamp
from core.journal.fold import apply, holding_of
from core.positions.book import Condor
from core.valuation.break_evens import bare_break_evens
from gui.break_even_text import break_evens_text
from gui.formats import dollars_text, figure_text, number_text, percent_text, points_text, profit_text

if TYPE_CHECKING:
    from decimal import Decimal

    from core.journal.body import PositionAct
    from core.journal.entry import Draft
    from core.positions.book import Book


@dataclass(frozen=True, slots=True)
class Preview:
    """Lines that say what the act does, and the flags that it would be recorded with."""

    lines: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def preview(book: Book, draft: Draft) -> Preview:
    """Return what a draft would do to the book; nothing for acts that move no position."""
    if draft.kind not in POSITION_KINDS:
        return Preview()
    act = read_position(draft.body)
    after = holding_of(apply(book, _as_entry(book, draft)), act)
    lines = [_cash_line(act)]
    if not after.is_open:
        lines.append(f"Nothing stays open: the result is {profit_text(after.net_cash)} after fees")
    elif isinstance(after, Condor):
        lines += _condor_lines(after, act.credit)
    else:
        lines.append("Holds afterwards: " + "; ".join(leg.text for leg in after.legs))
    return Preview(tuple(lines), act.flags)


def _as_entry(book: Book, draft: Draft) -> Entry:
    """Return the draft as the entry it would become, for the fold alone: it is not chained and not stored."""
    return Entry(
        seq=book.last_seq + 1,
        kind=draft.kind,
        event_time=draft.event_time,
        recorded_at=draft.event_time,
        stamp=Stamp(),
        body=draft.body,
        note=draft.note,
        prev=book.last_hash,
        hash="",
    )


def _cash_line(act: PositionAct) -> str:
    if not act.cash:
        return f"No cash moves, fees {dollars_text(act.fees)}"
    word = "Brings in" if act.cash > 0 else "Costs"
    return f"{word} {dollars_text(abs(act.cash))}, fees {dollars_text(act.fees)}"


def _condor_lines(condor: Condor, credit: Decimal | None) -> list[str]:
    found = bare_break_evens(condor)
    loss = figure_text(found.min_profit, decimals=0) if found.min_profit is not None else found.unknown
    lines = [f"Max loss {loss}, break-evens {break_evens_text(found)} (bare, at expiry)"]
    widths = [width for width in condor.wings if width is not None]
    if widths:
        lines.append(_width_line(widths, credit))
    if not condor.is_complete:
        lines.append("Not all four legs are on in equal number")
    return lines


def _width_line(widths: list[Decimal], credit: Decimal | None) -> str:
    each = " and ".join(number_text(width, 0 if width == int(width) else 2) for width in dict.fromkeys(widths))
    line = f"Width {each} points"
    if credit is None:
        return line
    share = percent_text(100 * credit / max(widths), 1)
    return f"{line}, credit {points_text(credit)} = {share} of the width"
