"""Which positions are unwise but real? They are recorded, with a flag that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError, spx_monthly_expiry, vix_expiry
from core.positions.contract import SHORT_VIX_SHARES, VIX_FUTURES, VIX_SHARES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from core.market.calendar import SessionCalendar
    from core.positions.book import Condor, Holding, Layer
    from core.positions.contract import Contract
    from core.positions.leg import Leg


def condor_flags(condor: Condor, calendar: SessionCalendar, credit: Decimal | None = None) -> tuple[str, ...]:
    """Return what is unwise about a condor as it stands; `credit` in points where one was just received."""
    found = list(expiry_flags(condor, calendar))
    if credit is not None and credit <= 0:
        found.append(f"debit condor: opened for a credit of {credit}")
    put_wing, call_wing = condor.wings
    if put_wing is not None and call_wing is not None and put_wing != call_wing:
        found.append(f"unequal wings: puts {_plain(put_wing)}, calls {_plain(call_wing)} points")
    for right, name in (("P", "puts"), ("C", "calls")):
        net = sum(leg.quantity for leg in condor.legs if leg.contract.right == right)
        if net < 0:
            found.append(f"{-net} short {name} not covered by long ones")
    return tuple(found)


def layer_flags(layer: Layer, others: Iterable[Layer], calendar: SessionCalendar) -> tuple[str, ...]:
    """Return what is unwise about a layer as it stands, beside the `others` of the same scope."""
    return (*expiry_flags(layer, calendar), *_net_short(layer.legs), *_shared_expiries(layer, others))


def expiry_flags(holding: Holding, calendar: SessionCalendar) -> Iterator[str]:
    """Yield a flag for each expiry held that its root's standard contracts do not have."""
    dated = {(leg.contract.root, leg.contract.expiry): leg.contract for leg in holding.legs}
    for contract in dated.values():
        if contract.expiry is None:
            continue
        try:
            yield from _expiry_flag(contract, contract.expiry, calendar)
        except OutsideCalendarError:
            yield f"{contract.root} {contract.expiry}: the calendar ends too early to tell monthly from weekly"


def _expiry_flag(contract: Contract, expiry: date, calendar: SessionCalendar) -> Iterator[str]:
    month = (expiry.year, expiry.month)
    if contract.root == "SPX" and expiry != spx_monthly_expiry(*month, calendar):
        yield (
            f"SPX {expiry} is not the month's third Friday: SPX options settle in the morning of the "
            "third Friday; a weekly is SPXW"
        )
    if contract.root in {"VIX", *VIX_FUTURES} and expiry != vix_expiry(*month, calendar):
        yield f"{contract.root} {expiry} is not a monthly VIX expiry (weekly)"


def _net_short(legs: Sequence[Leg]) -> Iterator[str]:
    """Yield a flag for each way in which the legs are net short VIX."""
    roots = {leg.contract.root for leg in legs if leg.contract.kind is Kind.OPTION}
    for root in sorted(roots & ({"VIX"} | VIX_SHARES - SHORT_VIX_SHARES)):
        calls = [leg for leg in legs if leg.contract.root == root and leg.contract.right == "C"]
        naked = uncovered(calls)
        if naked:
            yield f"net short VIX: {naked} short {root} calls not covered by long ones of same or later expiry"
    points = sum(leg.quantity * leg.contract.multiplier for leg in legs if leg.contract.kind is Kind.FUTURE)
    if points < 0:
        yield f"net short VIX: futures lose {-points} dollars for each point that they rise"
    for leg in legs:
        if leg.contract.kind is Kind.SHARE and leg.quantity * share_side(leg.contract.root) < 0:
            yield f"net short VIX: {leg.text} shares"


def share_side(root: str) -> int:
    """Return 1 for shares that rise with VIX futures, -1 for inverse ones."""
    return -1 if root in SHORT_VIX_SHARES else 1


def uncovered(legs: Sequence[Leg]) -> int:
    """Return how many short options no long one of the same or a later expiry covers.

    An expiry's shorts can be covered by all longs from that expiry on, so the largest deficit of the
    sums taken from the far end is what stays uncovered.
    """
    far_first = sorted({leg.contract.expiry for leg in legs if leg.contract.expiry}, reverse=True)
    net, worst = 0, 0
    for expiry in far_first:
        net += sum(leg.quantity for leg in legs if leg.contract.expiry == expiry)
        worst = min(worst, net)
    return -worst


def _shared_expiries(layer: Layer, others: Iterable[Layer]) -> Iterator[str]:
    mine = {leg.contract.expiry for leg in layer.legs if leg.contract.expiry}
    for other in others:
        if other.number == layer.number:
            continue
        theirs = {leg.contract.expiry for leg in other.legs if leg.contract.expiry}
        for expiry in sorted(mine & theirs):
            yield f"layers {layer.number} and {other.number} share the expiry {expiry}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
