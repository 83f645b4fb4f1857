"""Which condor would the playbook's tenor and delta give now? For a look and for the fields of a new entry."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.past import up_to_date
from core.monitor.plain import plain_record
from core.monitor.valuation_market import market_now
from core.playbook.builder import build_condor

if TYPE_CHECKING:
    from core.market.option_chain import OptionChain
    from core.playbook.builder import BuiltCondor
    from core.state import Facts

WIDTH = 50.0
"""Points between the strikes of a wing where no condor is open to take it from (assumption)."""
CHAIN_HOLDS = timedelta(days=4)


def condor_now(facts: Facts, width: float | None = None, chain: OptionChain | None = None) -> BuiltCondor:
    """Return the condor that the playbook describes at `facts.now`, as wide as asked for or as the last one.

    A chain of SPX counts for four days. Raises NoStrikeError.
    """
    facts = up_to_date(facts)
    market = market_now(read_market(facts, live_session(facts)))
    is_fresh = chain is not None and timedelta(0) <= facts.now - chain.time <= CHAIN_HOLDS
    points = _width(facts) if width is None else width
    return build_condor(facts.playbook, market, points, chain if is_fresh else None)


def _width(facts: Facts) -> float:
    """Return the put wing of the condor that was opened last, else the put wing assumed."""
    wings = [condor.wings[0] for condor in facts.book.open_condors if condor.wings[0] is not None]
    return float(wings[-1]) if wings else WIDTH


def condor_record(facts: Facts, built: BuiltCondor) -> dict[str, Any]:
    """Return what `rules condor --json` prints."""
    return plain_record(
        {
            "as_of": facts.now,
            "simulated": facts.is_simulated,
            "playbook": {"name": facts.playbook.name, "hash": facts.playbook.hash},
            "expiry": built.expiry,
            "days": built.days,
            "wanted": {key: facts.playbook.number(key) for key in ("condor.dte", "condor.short_delta")},
            "legs": [
                {
                    "quantity": leg.quantity,
                    "right": leg.right,
                    "strike": leg.strike,
                    "price": leg.price,
                    "delta": leg.delta,
                }
                for leg in built.legs
            ],
            "credit": built.credit,
            "risk": built.risk,
            "priced_by": built.priced_by,
        }
    )
