"""How large should the hedge of the book, or of one condor, be now? The engine, fed with the facts of a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.figure import Figure, unknown
from core.measures.breadth import DivergenceKind, Grade
from core.monitor.edr_figures import edr_figures
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.past import up_to_date
from core.monitor.valuation_market import market_now, market_then
from core.playbook.held import excess, held_exposure
from core.playbook.sizing import Sizing, Unsized, size
from core.playbook.sizing_frame import SizingFacts, risk_of
from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.measures.measured import Measured
    from core.monitor.market_now import Market
    from core.positions.book import Condor, Layer
    from core.state import Facts

WARNINGS = (DivergenceKind.BEARISH, DivergenceKind.SLOPE)


class NoCondorError(RefusedError):
    """The condor that was asked for is not open."""


@dataclass(frozen=True, slots=True)
class SizingNow:
    """What the playbook asks for, what its layers hold, and by how much that is too much; dollars."""

    sizing: Sizing | Unsized
    held: Figure
    excess: Figure


def sizing_now(
    facts: Facts, condor_id: int | None = None, quotes: Mapping[tuple[date, float], float] | None = None
) -> SizingNow:
    """Return the hedge of the whole book, or of one condor with the layers that are its own.

    `quotes` are prices of VIX calls in points by expiry and strike. Raises NoCondorError.
    """
    facts = up_to_date(facts)
    return sizing_of(read_market(facts, live_session(facts)), condor_id, quotes)


def sizing_of(
    market: Market, condor_id: int | None = None, quotes: Mapping[tuple[date, float], float] | None = None
) -> SizingNow:
    """Return what `sizing_now` does of a market that was read already."""
    facts = market.facts
    edr, _ = edr_figures(market)
    condors, layers = _of(facts, condor_id)
    now, then = market_now(market), market_then(facts)
    asked = SizingFacts(
        condors,
        now,
        edr,
        warning_of(market.row),
        facts.book.account,
        quotes or {},
        _part(condors, facts),
        then,
    )
    sizing = size(asked, facts.playbook)
    held = held_exposure(layers, now, then)
    target = sizing.target if isinstance(sizing, Sizing) else unknown(sizing.reason, "$")
    return SizingNow(sizing, held, excess(held, target, facts.playbook.number("excess.tolerance")))


def _of(facts: Facts, condor_id: int | None) -> tuple[tuple[Condor, ...], tuple[Layer, ...]]:
    if condor_id is None:
        return facts.book.open_condors, facts.book.open_layers
    found = tuple(condor for condor in facts.book.open_condors if condor.id == condor_id)
    if not found:
        raise NoCondorError(f"ID: no condor {condor_id} is open at {facts.now:%Y-%m-%d %H:%M} UTC")
    return found, tuple(layer for layer in facts.book.layers_of(condor_id) if layer.is_open)


def _part(condors: tuple[Condor, ...], facts: Facts) -> float:
    """Return the share of the book's risk that the condors are, 1 where one of the two is not known."""
    if condors == facts.book.open_condors:
        return 1.0
    own, whole = risk_of(condors).value, risk_of(facts.book.open_condors).value
    return own / whole if own is not None and whole else 1.0


def warning_of(row: Measured) -> Grade:
    """Return the grade of a bearish or slope divergence at the last session, NONE without one."""
    if not row.history.length or row.divergence[-1] == DivergenceKind.UNKNOWN:
        return Grade.UNKNOWN
    return Grade(int(row.divergence_grade[-1])) if row.divergence[-1] in WARNINGS else Grade.NONE
