"""What are the money measures made of? Everything that is handed in, so that nothing is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from core.journal.entry import Entry
    from core.market.figure import Figure
    from core.market.option_chain import OptionChain
    from core.playbook.parameters import Playbook
    from core.positions.book import Book
    from core.positions.contract import Contract
    from core.state import Past

Owner = tuple[int | None, int | None]
"""(layer number or None, condor id or None): a condor is (None, id)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Bid and ask of one contract in points, when they were quoted and by whom."""

    bid: float
    ask: float
    time: datetime
    source: str

    @property
    def mid(self) -> float:
        """The middle of bid and ask."""
        return (self.bid + self.ask) / 2.0


@dataclass(frozen=True)
class Values:
    """What each open condor and layer would bring in dollars, on a day; unknown with the leg named."""

    day: date | None
    dollars: Mapping[Owner, Figure] = field(default_factory=dict)
    unknown: str = ""


@dataclass(frozen=True)
class MoneyFacts:
    """The journal up to now, the closes, and what the valuation says; dollars.

    `now_values` by the model at the market of now; `hold_values` at the last condor's expiry with SPX and VIX as
    they are. `exposure` is the delta notional of the hedge, `target` what the playbook asks for. `delta_dollars`
    are the condors' SPX delta x SPX. `worst` is the least that the condors bring at expiry. `chains` are
    the last ones imported, by underlying, `curves` the VX futures by expiry at their moments; `marks` are quotes
    of the open contracts now, `fill_marks` of the fills at their moment.
    """

    now: datetime
    entries: Sequence[Entry]
    book: Book
    playbook: Playbook
    past: Past
    rate_pct: float
    rate_note: str
    now_values: Values
    hold_values: Values
    exposure: Figure
    target: Figure
    delta_dollars: Figure
    worst: Figure
    chains: Mapping[str, OptionChain] = field(default_factory=dict)
    curves: Mapping[str, Mapping[date, float]] = field(default_factory=dict)
    marks: Mapping[Contract, Marked] = field(default_factory=dict)
    fill_marks: Mapping[tuple[Contract, datetime], Marked] = field(default_factory=dict)
