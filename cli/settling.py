"""At which value does a position settle? The one that was typed, else the one that was imported; never assumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cli.values import date_of, decimal_of
from core.journal import acts
from core.journal.condor_terms import held_condor
from core.positions.settlement import settles_to
from core.refusal import RefusedError
from db.imported_settlement import imported_settlement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from cli.entering import Entering
    from core.journal.entry import Draft
    from core.positions.leg import Leg


@dataclass(frozen=True, slots=True)
class Value:
    """A settlement value in points, its name, and the root it is for where the legs settle to several."""

    points: Decimal
    name: str
    root: str


def condor_settle(entering: Entering) -> Draft:
    """Draft the settlement of a condor."""
    value = _value(entering, held_condor(entering.book, entering.id).legs)
    return acts.settle_condor(
        entering.book,
        entering.calendar,
        condor_id=entering.id,
        value=value.points,
        value_name=value.name,
        at=entering.at,
        note=entering.args.note,
    )


def layer_settle(entering: Entering) -> Draft:
    """Draft the settlement of one expiry of a layer: the first one held, unless told."""
    layer = acts.held_layer(entering.book, **entering.layer)
    expiries = sorted(leg.contract.expiry for leg in layer.legs if leg.contract.expiry is not None)
    if not expiries:
        raise RefusedError("expiry: nothing held in the layer expires")
    expiry = date_of("--expiry", entering.args.expiry) if entering.args.expiry else expiries[0]
    if expiry not in expiries:
        raise RefusedError(f"--expiry: nothing held in the layer expires on {expiry}")
    value = _value(entering, [leg for leg in layer.legs if leg.contract.expiry == expiry])
    return acts.settle_layer(
        entering.book,
        entering.calendar,
        expiry=expiry,
        value=value.points,
        value_name=value.name,
        root=value.root,
        at=entering.at,
        note=entering.args.note,
        **entering.layer,
    )


def _value(entering: Entering, legs: Sequence[Leg]) -> Value:
    """Return the value of the first leg: where legs settle to several indices, one command settles one of them."""
    first = min(legs, key=lambda leg: leg.contract.expiry or date.max).contract
    name = first.terms.settlement.value
    alike = {settles_to(leg.contract) for leg in legs if leg.contract.terms.settlement == first.terms.settlement}
    root = first.root if len(alike) > 1 else ""
    if entering.args.value is not None:
        return Value(decimal_of("--value", entering.args.value), name, root)
    found = imported_settlement(entering.workspace.connection, first)
    if found is None:
        raise RefusedError(f"--value: the {name} of {first.expiry} is not imported; enter it, it is never assumed")
    return Value(found, f"{name}, imported", root)
