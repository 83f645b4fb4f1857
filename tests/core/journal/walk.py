"""Random but reproducible days at the desk: hypothesis chooses acts, the book decides which are possible."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from core.journal import acts
from core.journal.acts import ActRefusedError
from core.positions.leg import Fill
from tests.core.journal.desk import MONTHLY, MORNING, VIX_MARCH, Desk, d, legs

if TYPE_CHECKING:
    from core.journal.entry import Entry
    from core.positions.leg import Leg

HEDGES = (
    "VIX 2018-03-21 C 25",
    "VIX 2018-03-21 C 35",
    "VIX 2018-04-18 P 15",
    "VX 2018-03-21",
    "VXM 2018-04-18",
    "VXX",
    "SPX 2018-03-16 P 2500",
)
MULTIPLIERS = {"VIX": 100, "VX": 1000, "VXM": 100, "VXX": 1, "SPX": 100}
"""Written down here once more: dollars a point of each root (Cboe specifications)."""

Gained = tuple[Decimal, Decimal]
"""Dollars of cash and of fees."""


class Choice(NamedTuple):
    """What hypothesis picked; an act uses what it needs."""

    act: str
    count: int
    condor: int
    hedge: str
    price: Decimal
    fees: Decimal
    flip: bool

    @property
    def layer(self) -> int:
        return 1 + self.count % 2


ACTS = ("open", "hedge", "hedge", "unhedge", "close", "roll", "settle", "expire", "legs", "name", "account")
CHOICES = st.builds(
    Choice,
    st.sampled_from(ACTS),
    st.integers(1, 4),
    st.integers(1, 2),
    st.sampled_from(HEDGES),
    st.decimals("0.01", "9.99", places=2),
    st.decimals("0", "9.99", places=4),
    st.booleans(),
)
WALKS = st.lists(CHOICES, min_size=15, max_size=30)


@dataclass
class Walk:
    """A desk with its own tally of cash: points x quantity x dollars a point, kept beside the program's."""

    desk: Desk = field(default_factory=Desk)
    cash: Decimal = Decimal(0)
    fees: Decimal = Decimal(0)
    minute: int = 0
    futures: dict[tuple[int, str], list[tuple[int, Decimal]]] = field(default_factory=dict)
    """By layer and contract, the futures that are on, one by one: (1 or -1, price), oldest first."""

    def step(self, choice: Choice) -> Entry | None:
        """Try one act; None where it is refused."""
        self.minute += 1
        before = len(self.desk.entries)
        try:
            gained, fees = getattr(self, f"_{choice.act}")(choice)
        except ActRefusedError:
            assert len(self.desk.entries) == before
            return None
        self.cash += gained
        self.fees += fees
        return self.desk.entries[-1]

    def at(self, days: int = 0) -> dict[str, Any]:
        return {"at": MORNING + timedelta(days=days, minutes=self.minute)}

    def _open(self, c: Choice) -> Gained:
        self.desk.do(acts.open_condor, quantity=c.count, credit=c.price, fees=c.fees, **self.at())
        return c.price * c.count * 100, c.fees

    def _legs(self, c: Choice) -> Gained:
        texts = (f"+{c.count} SPX {MONTHLY} P 2600 @ {c.price}", f"-{c.count} SPX {MONTHLY} P 2625 @ 9.99")
        self.desk.do(acts.open_condor_legs, fills=legs(*texts), fees=c.fees, **self.at())
        return (d("9.99") - c.price) * c.count * 100, c.fees

    def _close(self, c: Choice) -> Gained:
        held = self.desk.book.condors.get(c.condor)
        count = held.quantity if c.flip and held else c.count
        given = {"quantity": None if c.flip else c.count, "debit": c.price, "fees": c.fees}
        self.desk.do(acts.close_condor, condor_id=c.condor, **given, **self.at())
        return -c.price * count * 100, c.fees

    def _roll(self, c: Choice) -> Gained:
        held = self.desk.book.condors.get(c.condor)
        given = {"debit": c.price, "credit": d("5"), "fees": c.fees}
        self.desk.do(acts.roll_condor, condor_id=c.condor, **given, **self.at())
        return (d("5") - c.price) * (held.quantity if held else 0) * 100, c.fees

    def _settle(self, c: Choice) -> Gained:
        held = self.desk.book.condors.get(c.condor)
        value = d("2600") + c.count * c.price * (10 if c.flip else 1)  # through the put wing or up to the calls
        self.desk.do(acts.settle_condor, condor_id=c.condor, value=value, **self.at(days=70))
        legs_held = held.legs if held else ()
        return sum((_intrinsic(leg, value) * leg.quantity * 100 for leg in legs_held), Decimal(0)), Decimal(0)

    def _hedge(self, c: Choice) -> Gained:
        quantity = c.count if c.flip else -c.count
        fill = legs(f"{quantity:+d} {c.hedge} @ {c.price}")
        self.desk.do(acts.open_layer, number=c.layer, fills=fill, fees=c.fees, **self.at())
        if c.hedge.startswith("VX") and c.hedge != "VXX":
            sign = 1 if quantity > 0 else -1
            self.futures.setdefault((c.layer, c.hedge), []).extend([(sign, c.price)] * abs(quantity))
            return Decimal(0), c.fees
        return -c.price * quantity * _multiplier(c.hedge), c.fees

    def _unhedge(self, c: Choice) -> Gained:
        held = self.desk.book.layers.get((c.layer, None))
        leg = (held.legs if held and held.legs else (None,))[0]
        hedge, quantity = (leg.contract.text, leg.quantity) if leg else (c.hedge, 1)
        closing = [Fill(legs(f"+1 {hedge} @ 1")[0].contract, -quantity, c.price)]
        self.desk.do(acts.close_layer, number=c.layer, fills=closing, fees=c.fees, **self.at())
        if leg and leg.contract.kind == "future":
            return self._ended(c.layer, hedge, c.price), c.fees
        return c.price * quantity * _multiplier(hedge), c.fees

    def _ended(self, layer: int, hedge: str, price: Decimal) -> Decimal:
        """Return what all futures of a contract brought, each against its own opening price."""
        lots = self.futures.pop((layer, hedge))
        return sum(((price - opened) * sign for sign, opened in lots), Decimal(0)) * _multiplier(hedge)

    def _expire(self, c: Choice) -> Gained:
        held = self.desk.book.layers.get((c.layer, None))
        vro = 10 * c.price
        self.desk.do(acts.settle_layer, number=c.layer, expiry=VIX_MARCH, value=vro, **self.at(days=90))
        names = ("VIX 2018-03", "VX 2018-03")
        march = [leg for leg in (held.legs if held else ()) if leg.contract.text.startswith(names)]
        gained = [
            self._ended(c.layer, leg.contract.text, vro)
            if leg.contract.kind == "future"
            else _intrinsic(leg, vro) * leg.quantity * _multiplier(leg.contract.text)
            for leg in march
        ]
        return sum(gained, Decimal(0)), Decimal(0)

    def _name(self, c: Choice) -> Gained:
        self.desk.do(acts.name_layer, number=c.count, name=f"name {self.minute}", **self.at())
        return Decimal(0), Decimal(0)

    def _account(self, c: Choice) -> Gained:
        self.desk.do(acts.state_account, equity=c.price, note="stated", **self.at())
        return Decimal(0), Decimal(0)


def _multiplier(hedge: str) -> int:
    return MULTIPLIERS[hedge.partition(" ")[0]]


def _intrinsic(leg: Leg, value: Decimal) -> Decimal:
    strike = leg.contract.strike or Decimal(0)
    return max(value - strike if leg.contract.right == "C" else strike - value, Decimal(0))
