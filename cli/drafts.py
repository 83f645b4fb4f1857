"""Which act does a command mean? Each command of `condor` and `layer`, and `account`, as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.entering import fills
from cli.settling import condor_settle, layer_settle
from cli.values import integer_of
from core.journal import acts

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.entering import Entering
    from core.journal.entry import Draft

OWN_PRICES = "each --leg has its own quantity, contract and price"


def _condor_open(entering: Entering) -> Draft:
    args, book, calendar = entering.args, entering.book, entering.calendar
    if args.leg:
        entering.leave_out("root", "expiry", "quantity", "puts", "calls", "credit", reason=OWN_PRICES)
        condor_id = None if args.id is None else entering.id
        return acts.open_condor_legs(book, calendar, fills=fills(args.leg), condor_id=condor_id, **entering.common)
    entering.leave_out("id", reason="only single legs (--leg) can be added to a condor")
    return acts.open_condor(
        book,
        calendar,
        root=args.root or "SPX",
        quantity=integer_of("--quantity", entering.text("quantity")),
        credit=entering.number("credit"),
        **entering.wings,
        **entering.common,
    )


def _condor_close(entering: Entering) -> Draft:
    args, book, calendar = entering.args, entering.book, entering.calendar
    if args.leg:
        entering.leave_out("quantity", "debit", reason=OWN_PRICES)
        return acts.close_condor_legs(
            book, calendar, condor_id=entering.id, fills=fills(args.leg), **entering.common
        )
    return acts.close_condor(
        book,
        calendar,
        condor_id=entering.id,
        debit=entering.number("debit"),
        quantity=entering.count("quantity"),
        **entering.common,
    )


def _condor_roll(entering: Entering) -> Draft:
    return acts.roll_condor(
        entering.book,
        entering.calendar,
        condor_id=entering.id,
        debit=entering.number("debit"),
        credit=entering.number("credit"),
        quantity=entering.count("quantity"),
        **entering.wings,
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


def _layer_roll(entering: Entering) -> Draft:
    return acts.roll_layer(
        entering.book,
        entering.calendar,
        close_fills=fills(entering.args.close),
        open_fills=fills(entering.args.leg),
        **entering.layer,
        **entering.common,
    )


def _condor_note(entering: Entering) -> Draft:
    return acts.write_note(entering.book, text=entering.args.text, at=entering.at, condor_id=entering.id)


def _layer_note(entering: Entering) -> Draft:
    number = integer_of("N", entering.args.number)
    return acts.write_note(entering.book, text=entering.args.text, at=entering.at, layer=number)


def _layer_name(entering: Entering) -> Draft:
    number = integer_of("N", entering.args.number)
    return acts.name_layer(entering.book, number=number, name=entering.args.name, at=entering.at)


def _account(entering: Entering) -> Draft:
    return acts.state_account(
        entering.book,
        equity=entering.number("equity"),
        cash=entering.number("cash"),
        notional=entering.number("notional"),
        margin=None if entering.args.margin is None else entering.number("margin"),
        at=entering.at,
        note=entering.args.note,
    )


DRAFTS: dict[str, Callable[[Entering], Draft]] = {
    "condor open": _condor_open,
    "condor close": _condor_close,
    "condor roll": _condor_roll,
    "condor settle": condor_settle,
    "condor note": _condor_note,
    "layer open": _layer_fills(acts.open_layer),
    "layer close": _layer_fills(acts.close_layer),
    "layer roll": _layer_roll,
    "layer settle": layer_settle,
    "layer note": _layer_note,
    "layer name": _layer_name,
    "account": _account,
}
