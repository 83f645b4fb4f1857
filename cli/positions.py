"""`condor`, `layer` and `account`: how positions are entered by command."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from db.imported_settlement import imported_settlement
from db.journal_store import append, load_book
from db.sessions import load_calendar

from cli.text import status_text
from cli.values import (
    UsageError,
    as_of_moment,
    date_of,
    decimal_of,
    event_moment,
    integer_of,
    pair_of,
)
from cli.workspace import Workspace, reading, show, writing
from core.journal import acts
from core.journal.body import POSITION_KINDS, read_position
from core.journal.fold import holding_of
from core.journal.log import log_rows
from core.monitor.evaluate import evaluate, stamp
from core.monitor.record import status_record
from core.positions.leg import Fill, parse_fill
from core.refusal import RefusedError
from db.export import log_record

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from decimal import Decimal

    from core.journal.entry import Draft
    from core.market.calendar import SessionCalendar
    from core.positions.book import Book
    from core.positions.leg import Leg


def run(args: argparse.Namespace) -> int:
    """Run one act of `condor`, `layer` or `account`."""
    if args.command != "account" and args.act == "list":
        return _list(args)
    with writing(args) as workspace:
        calendar, book = load_calendar(workspace.connection), load_book(workspace.connection)
        at = event_moment(getattr(args, "at", None), calendar, workspace.now)
        entering = Entering(args, workspace, book, calendar, at)
        name = args.command if args.command == "account" else f"{args.command} {args.act}"
        return _record(entering, DRAFTS[name](entering))


class Entering:
    """What an act is drafted from: the words, the book before it, the calendar, the moment."""

    def __init__(
        self,
        args: argparse.Namespace,
        workspace: Workspace,
        book: Book,
        calendar: SessionCalendar,
        at: datetime,
    ) -> None:
        self.args = args
        self.workspace = workspace
        self.book = book
        self.calendar = calendar
        self.at = at

    @property
    def common(self) -> dict[str, Any]:
        """Fees, moment and note: what every fill carries."""
        return {"fees": decimal_of("--fees", self.args.fees), "at": self.at, "note": self.args.note}

    def number(self, name: str) -> Decimal:
        """Return an option that must be there as an exact number."""
        return decimal_of(f"--{name}", self.text(name))

    def text(self, name: str) -> str:
        """Return an option that must be there."""
        value = getattr(self.args, name)
        if value is None:
            raise UsageError(f"--{name} is missing")
        return str(value)

    @property
    def id(self) -> int:
        """The id of a condor."""
        return integer_of("ID", self.args.id)

    @property
    def layer(self) -> dict[str, Any]:
        """The layer's number and the condor that it belongs to."""
        condor = getattr(self.args, "condor", None)
        return {
            "number": integer_of("N", self.args.number),
            "condor_id": None if condor is None else integer_of("--condor", condor),
        }

    @property
    def wings(self) -> dict[str, Any]:
        """Expiry and strikes."""
        return {
            "expiry": date_of("--expiry", self.text("expiry")),
            "puts": pair_of("--puts", self.text("puts")),
            "calls": pair_of("--calls", self.text("calls")),
        }


def fills(texts: list[str]) -> list[Fill]:
    """Return the legs as they were written."""
    return [parse_fill(text) for text in texts]


def _condor_open(entering: Entering) -> Draft:
    args, book, calendar = entering.args, entering.book, entering.calendar
    if args.leg:
        condor_id = None if args.id is None else entering.id
        return acts.open_condor_legs(book, calendar, fills=fills(args.leg), condor_id=condor_id, **entering.common)
    return acts.open_condor(
        book,
        calendar,
        root=args.root,
        quantity=integer_of("--quantity", entering.text("quantity")),
        credit=entering.number("credit"),
        **entering.wings,
        **entering.common,
    )


def _condor_close(entering: Entering) -> Draft:
    args, book, calendar = entering.args, entering.book, entering.calendar
    if args.leg:
        return acts.close_condor_legs(
            book, calendar, condor_id=entering.id, fills=fills(args.leg), **entering.common
        )
    quantity = None if args.quantity is None else integer_of("--quantity", args.quantity)
    return acts.close_condor(
        book,
        calendar,
        condor_id=entering.id,
        debit=entering.number("debit"),
        quantity=quantity,
        **entering.common,
    )


def _condor_roll(entering: Entering) -> Draft:
    quantity = entering.args.quantity
    return acts.roll_condor(
        entering.book,
        entering.calendar,
        condor_id=entering.id,
        debit=entering.number("debit"),
        credit=entering.number("credit"),
        quantity=None if quantity is None else integer_of("--quantity", quantity),
        **entering.wings,
        **entering.common,
    )


def _condor_settle(entering: Entering) -> Draft:
    condor = entering.book.condors.get(entering.id)
    value, name = _settlement_value(entering, condor.legs if condor else ())
    return acts.settle_condor(
        entering.book,
        entering.calendar,
        condor_id=entering.id,
        value=value,
        value_name=name,
        at=entering.at,
        note=entering.args.note,
    )


def _settlement_value(entering: Entering, legs: Sequence[Leg]) -> tuple[Decimal, str]:
    """Return the value that was typed, else the imported one of the first expiry held, with its name."""
    if not legs:
        raise RefusedError("nothing is open there, so there is nothing to settle")
    first = min(legs, key=lambda leg: leg.contract.expiry or date.max)
    name = first.contract.terms.settlement.value
    if entering.args.value is not None:
        return decimal_of("--value", entering.args.value), name
    found = imported_settlement(entering.workspace.connection, first.contract)
    if found is None:
        raise RefusedError(
            f"--value: the {name} of {first.contract.expiry} is not imported; enter it, it is never assumed"
        )
    return found, f"{name}, imported"


def _layer_settle(entering: Entering) -> Draft:
    key = (entering.layer["number"], entering.layer["condor_id"])
    layer = entering.book.layers.get(key)
    legs = [leg for leg in (layer.legs if layer else ()) if leg.contract.expiry is not None]
    expiries = sorted(leg.contract.expiry for leg in legs if leg.contract.expiry is not None)
    if not expiries:
        raise RefusedError("nothing that expires is open in that layer")
    expiry = date_of("--expiry", entering.args.expiry) if entering.args.expiry else expiries[0]
    value, name = _settlement_value(entering, [leg for leg in legs if leg.contract.expiry == expiry])
    return acts.settle_layer(
        entering.book,
        entering.calendar,
        expiry=expiry,
        value=value,
        value_name=name,
        at=entering.at,
        note=entering.args.note,
        **entering.layer,
    )


def _layer_roll(entering: Entering) -> Draft:
    return acts.roll_layer(
        entering.book,
        entering.calendar,
        close_fills=fills(entering.args.close),
        open_fills=fills(entering.args.leg),
        **entering.layer,
        **entering.common,
    )


def _layer_fills(act: Callable[..., Draft]) -> Callable[[Entering], Draft]:
    def draft(entering: Entering) -> Draft:
        return act(
            entering.book,
            entering.calendar,
            fills=fills(entering.args.leg),
            **entering.layer,
            **entering.common,
        )

    return draft


def _note(entering: Entering) -> Draft:
    where = (
        {"condor_id": entering.id} if entering.args.command == "condor" else {"layer": entering.layer["number"]}
    )
    return acts.write_note(entering.book, text=entering.args.text, at=entering.at, **where)


def _layer_name(entering: Entering) -> Draft:
    return acts.name_layer(entering.book, number=entering.layer["number"], name=entering.args.name, at=entering.at)


def _account(entering: Entering) -> Draft:
    margin = entering.args.margin
    return acts.state_account(
        entering.book,
        equity=entering.number("equity"),
        cash=entering.number("cash"),
        notional=entering.number("notional"),
        margin=None if margin is None else entering.number("margin"),
        at=entering.at,
        note=entering.args.note,
    )


DRAFTS: dict[str, Callable[[Entering], Draft]] = {
    "condor open": _condor_open,
    "condor close": _condor_close,
    "condor roll": _condor_roll,
    "condor settle": _condor_settle,
    "condor note": _note,
    "layer open": _layer_fills(acts.open_layer),
    "layer close": _layer_fills(acts.close_layer),
    "layer roll": _layer_roll,
    "layer settle": _layer_settle,
    "layer note": _note,
    "layer name": _layer_name,
    "account": _account,
}


def _record(entering: Entering, draft: Draft) -> int:
    """Write the draft with the market of its moment stamped on it, and show the row of the log."""
    workspace = entering.workspace
    stamped = stamp(workspace.facts(draft.event_time))
    entries, book = append(workspace.connection, entering.book, [draft], [stamped], workspace.now)
    row = log_rows(entries)[0]
    flags: tuple[str, ...] = ()
    if entries[0].kind in POSITION_KINDS:
        flags = holding_of(book, read_position(entries[0].body)).flags
    record = log_record(row) | {"flags": list(flags)}
    text = f"{row.sequence}  {row.kind}  {row.what}  cash {row.cash}  fees {row.fees}"
    return show(entering.args, record, "\n".join([text, *(f"note: {flag}" for flag in flags)]))


def _list(args: argparse.Namespace) -> int:
    with reading(args) as workspace:
        state = evaluate(workspace.facts(as_of_moment(args.as_of, workspace.now)))
    record = status_record(state)
    name = f"{args.command}s"
    return show(args, {name: record[name], "unknown": record["unknown"]}, status_text(state))
