"""Which contracts, fills and condors are impossible? Each refusal names its field first."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from core.market.calendar import OutsideCalendarError
from core.market.times import exchange_time
from core.positions.contract import (
    FUTURE_ROOTS,
    OPTION_ROOTS,
    SHARE_ROOTS,
    SPX_ROOTS,
    Contract,
    Kind,
    Settlement,
    expiry_moment,
)
from core.positions.leg import MAX_QUANTITY, Fill
from core.positions.values import (
    MAX_POINTS,
    ActRefusedError,
    check_above_zero,
    check_not_negative,
    check_points,
    require,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from core.market.calendar import SessionCalendar
    from core.positions.book import Condor
    from core.positions.leg import DatedFill, Leg

_ROOTS = {Kind.OPTION: OPTION_ROOTS, Kind.FUTURE: FUTURE_ROOTS, Kind.SHARE: SHARE_ROOTS}
TAPE_LAG = timedelta(minutes=15)
"""How long after the bell a fill may still be stamped; options on shares trade until 16:15 (playbook 4.1)."""


def check_contract(contract: Contract, calendar: SessionCalendar) -> None:
    """Refuse a contract that does not exist: root, right, strike, expiry."""
    require(contract.root in _ROOTS[contract.kind], "root", f"{contract.root} has no {contract.kind} held here")
    is_option = contract.kind is Kind.OPTION
    require(contract.right in ("C", "P") if is_option else not contract.right, "right", "must be C or P")
    require((contract.strike is not None) == is_option, "strike", "an option has one, nothing else has")
    if contract.strike is not None:
        check_above_zero("strike", contract.strike)
    if contract.kind is Kind.SHARE:
        require(contract.expiry is None, "expiry", f"shares of {contract.root} have none")
    else:
        check_session(contract.expiry, calendar)


def check_session(expiry: date | None, calendar: SessionCalendar) -> None:
    """Refuse an expiry that is missing, outside the calendar or on a day without trading."""
    if expiry is None:
        raise ActRefusedError("expiry", "is missing")
    try:
        is_session = calendar.is_session(expiry)
    except OutsideCalendarError as error:
        raise ActRefusedError("expiry", str(error)) from None
    require(is_session, "expiry", f"{expiry} is not a trading session")


def check_fill(fill: Fill, at: datetime, calendar: SessionCalendar) -> None:
    """Refuse a priced fill that could not have happened at the moment: contract, expiry, quantity, price."""
    check_contract(fill.contract, calendar)
    check_alive(fill.contract, at, calendar)
    name = fill.contract.text
    require(0 < abs(fill.quantity) <= MAX_QUANTITY, "quantity", f"{fill.quantity} of {name} is not possible")
    if fill.price is None:
        raise ActRefusedError("price", f"{name} needs one")
    if fill.contract.kind is Kind.OPTION:
        check_not_negative("price", fill.price, MAX_POINTS)
    else:
        check_above_zero("price", fill.price)


def check_alive(contract: Contract, at: datetime, calendar: SessionCalendar) -> None:
    """Refuse a trade in a contract that has expired by then."""
    expires = expiry_moment(contract, calendar)
    if expires is None:
        return
    grace = TAPE_LAG if contract.terms.settlement is Settlement.CLOSE else timedelta(0)
    reason = f"{contract.root} {contract.expiry} is before the fill of {exchange_time(at)} New York"
    require(at <= expires + grace, "expiry", reason)


def check_expired(contract: Contract, at: datetime, calendar: SessionCalendar) -> None:
    """Refuse a settlement before the moment at which the settlement value is struck."""
    expires = expiry_moment(contract, calendar)
    if expires is None:
        raise ActRefusedError("expiry", f"{contract.root} does not expire")
    reason = f"{contract.root} {contract.expiry} settles at {exchange_time(expires)} New York, not before"
    require(at >= expires, "at", reason)


def check_strikes(puts: tuple[Decimal, Decimal], calls: tuple[Decimal, Decimal]) -> None:
    """Refuse unless long put < short put < short call < long call, all above zero."""
    for field, pair in (("puts", puts), ("calls", calls)):
        for strike in pair:
            check_above_zero(field, strike)
        require(pair[0] < pair[1], field, f"{pair[0]}/{pair[1]} do not ascend ({_WRITTEN[field]})")
    reason = f"short call {calls[0]} must lie above short put {puts[1]}"
    require(puts[1] < calls[0], "calls", reason)


_WRITTEN = {"puts": "LONG/SHORT", "calls": "SHORT/LONG"}


def check_credit(credit: Decimal, puts: tuple[Decimal, Decimal], calls: tuple[Decimal, Decimal]) -> None:
    """Refuse a credit that is no number, or that the widest wing could not lose (points)."""
    check_points("credit", credit)
    widest = max(puts[1] - puts[0], calls[1] - calls[0])
    require(credit < widest, "credit", f"{credit} must be below the widest wing, {widest} points")


def check_condor_contracts(fills: Iterable[Fill], root: str, expiry: date) -> None:
    """Refuse fills of a condor that are not options of its one root and one expiry."""
    require(root in SPX_ROOTS, "root", f"{root} is none of {', '.join(sorted(SPX_ROOTS))}")
    for fill in fills:
        contract = fill.contract
        require(contract.kind is Kind.OPTION, "root", f"{contract.text} is not an option")
        require(contract.root == root, "root", f"{contract.root} in a condor of {root}")
        require(contract.expiry == expiry, "expiry", f"{contract.expiry} in a condor of {expiry}")


def check_condor_shape(condor: Condor) -> None:
    """Refuse legs that no condor, complete or being built, can have: two of a role, strikes out of order."""
    strikes: list[tuple[str, Decimal]] = []
    for name, right, side in (
        ("long put", "P", 1),
        ("short put", "P", -1),
        ("short call", "C", -1),
        ("long call", "C", 1),
    ):
        legs = [leg for leg in condor.legs if leg.contract.right == right and leg.quantity * side > 0]
        require(len(legs) < 2, "strike", f"two {name}s: {', '.join(leg.contract.text for leg in legs)}")
        strikes += [(name, leg.contract.strike) for leg in legs if leg.contract.strike is not None]
    for (lower, low), (upper, high) in pairwise(strikes):
        require(low < high, "strike", f"{upper} {high} must lie above {lower} {low}")


class Holds(Protocol):
    """What holds something: a holding, or as much of one as is asked about."""

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The open legs."""

    @property
    def fills(self) -> tuple[DatedFill, ...]:
        """The fills, the last one last."""


def check_opens(holding: Holds, fills: Sequence[Fill]) -> None:
    """Refuse opening fills that would reduce what is held."""
    held = {leg.contract: leg.quantity for leg in holding.legs}
    for fill in fills:
        before = held.get(fill.contract, 0)
        if before * fill.quantity < 0:  # the reason is put into words only where there is one
            reason = f"{fill.quantity:+d} {fill.contract.text} reduces the {before:+d} held: enter it as a close"
            raise ActRefusedError("quantity", reason)
        held[fill.contract] = before + fill.quantity


def check_closes(holding: Holds, fills: Sequence[Fill]) -> None:
    """Refuse closing fills of a contract that is not held, of the wrong sign, or of more than is held."""
    held = {leg.contract: leg.quantity for leg in holding.legs}
    for fill in fills:
        before = held.get(fill.contract, 0)
        if before * fill.quantity >= 0 or abs(fill.quantity) > abs(before):
            raise _not_closed(fill, before)
        held[fill.contract] = before + fill.quantity


def _not_closed(fill: Fill, before: int) -> ActRefusedError:
    """Say why a fill closes nothing of what is held."""
    name = fill.contract.text
    if not before:
        return ActRefusedError("leg", f"{name} is not held")
    verb = "adds to" if before * fill.quantity >= 0 else "closes more than"
    return ActRefusedError("quantity", f"{fill.quantity:+d} {name} {verb} the {before:+d} held")


def check_follows(holding: Holds, at: datetime) -> None:
    """Refuse an event before the last fill of the same holding."""
    if holding.fills and at < holding.fills[-1].time:
        last = exchange_time(holding.fills[-1].time)
        reason = f"{exchange_time(at)} is before the last fill of the position, {last} (New York)"
        raise ActRefusedError("at", reason)
