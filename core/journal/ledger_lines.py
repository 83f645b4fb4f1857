"""How does a layer's account read? One line a layer, the budgets it is held against, the chains of its rolls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from core.journal.postings import Posting
    from core.market.figure import Figure
    from core.positions.book import LayerKey


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One layer's account over the period, in dollars; `layer` None adds up all of them.

    `premium` paid for what was opened, `realised` by what was closed (before fees, first in, first out), `cash` of
    all fills. `held` is what the open options and shares cost, `carried` what the open chains have lost so far and
    must earn back. `decay` is what the open legs lost in value; `carry` is decay - realised + fees: what the layer
    has cost, negative where it earned.
    """

    layer: int | None
    name: str
    premium: Decimal
    realised: Decimal
    fees: Decimal
    cash: Decimal
    held: Decimal
    carried: Decimal
    decay: Figure
    carry: Figure
    premium_pct_of_credit: Figure
    carry_pct_of_credit: Figure
    carry_pct_of_account: Figure


@dataclass(frozen=True, slots=True)
class Budget:
    """One budget of the playbook: what is measured, in percent, against the limit. `verdict` is a word."""

    name: str
    key: str
    limit_pct: float
    measured: Figure

    @property
    def verdict(self) -> str:
        """Whether the budget holds: within, over or unknown."""
        if self.measured.value is None:
            return "unknown"
        return "over" if self.measured.value > self.limit_pct else "within"


@dataclass(frozen=True, slots=True)
class Chain:
    """A layer from when it was opened flat through its rolls, and whether it still holds something."""

    key: LayerKey
    steps: tuple[Posting, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """The layers' accounts, the last line their sum; the chains that the period touches, whole."""

    lines: tuple[LedgerLine, ...]
    budgets: tuple[Budget, ...]
    chains: tuple[Chain, ...]
    credit: Decimal
    equity: Decimal | None
    days: int
