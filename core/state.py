"""What is there to see at one moment? The records that window, command line and export all read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from core.valuation.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from core.market.events import MarketEvent
    from core.market.figure import Figure
    from core.market.option_chain import OptionChain
    from core.market.quote import Quote
    from core.market.quote_gate import SetAside
    from core.market.series import History, Series
    from core.market.snapshot import Ages
    from core.market.today import TodayBar
    from core.measures.measured import Measured
    from core.measures.more import MoreMeasured
    from core.playbook.layer_state import TriggerHistory
    from core.playbook.parameters import Playbook
    from core.playbook.rules_calendar import Events
    from core.playbook.verdict import PositionState, Trigger, Verdict
    from core.positions.book import Book, Condor, Layer
    from core.valuation.break_evens import BreakEvens, HedgeLegBreakEven


@dataclass(frozen=True)
class Past:
    """Everything that follows from the closes alone: computed when data or playbook change, not on a tick."""

    history: History
    measured: Measured
    triggers: TriggerHistory

    @cached_property
    def more(self) -> MoreMeasured:
        """What else follows from the closes, made when first asked for (8 ms for 30 years)."""
        from core.measures.more import more_measures

        return more_measures(self.measured)


@dataclass(frozen=True)
class Facts:
    """What is so: the past, the quotes by symbol, the book, the playbook, the clock.

    `quotes` passed the gate, oldest first; `set_aside` are the last ones that did not, or came late. `events`
    are the dates of announcements by day; `monthly` the monthly context series by symbol, as they are today.
    `chains` are the newest option chains by underlying, of the expiries that are held.
    `kept` is what was computed of them and still holds on the next tick.
    """

    now: datetime
    past: Past
    quotes: Mapping[str, tuple[Quote, ...]]
    book: Book
    playbook: Playbook
    ages: Ages
    is_simulated: bool = False
    set_aside: tuple[SetAside, ...] = ()
    events: tuple[MarketEvent, ...] = ()
    monthly: Mapping[str, Series] = field(default_factory=dict)
    chains: tuple[OptionChain, ...] = ()
    kept: Kept = field(default_factory=Kept, compare=False, repr=False)

    @cached_property
    def event_days(self) -> Events:
        """The days of announcements by kind, as the window rules read them."""
        from core.playbook.rules_calendar import event_days

        return event_days(self.events)


@dataclass(frozen=True, slots=True)
class LadderState:
    """Where EDR stands on the ladder; every element a Figure in percent except `rung` (a count)."""

    rung: Figure
    step_coverage: Figure
    layer_depth: Figure
    coverage: Figure
    next_trigger: Figure
    distance: Figure


@dataclass(frozen=True, slots=True)
class DivergenceState:
    """Breadth against the index. `kind` and `grade` are words; sessions counts the run."""

    kind: str
    grade: str
    d: Figure
    sessions: Figure


@dataclass(frozen=True, slots=True)
class LayerLegState:
    """One open hedge leg with its own break-even in VIX and in SPX terms."""

    text: str
    break_even: HedgeLegBreakEven


@dataclass(frozen=True, slots=True)
class LayerState:
    """One layer number: the market's trigger, the journal's position, and why.

    `wholes` has, in the order of `holdings`, where each open one breaks even as a whole, spreads and fees counted;
    `legs` have their own break-evens.
    """

    number: int
    name: str
    trigger: Trigger
    trigger_reason: str
    since: date | None
    provisional: Trigger | None
    position: PositionState
    why: tuple[Verdict, ...]
    holdings: tuple[Layer, ...]
    legs: tuple[LayerLegState, ...]
    wholes: tuple[tuple[HedgeLegBreakEven, ...], ...] = ()

    @property
    def break_evens(self) -> tuple[HedgeLegBreakEven, ...]:
        """Where its holdings break even as wholes, one after the other."""
        return tuple(found for whole in self.wholes for found in whole)

    def by_holding(self) -> Iterator[tuple[Layer, tuple[LayerLegState, ...], tuple[HedgeLegBreakEven, ...]]]:
        """Yield each holding with its open legs and where it breaks even as a whole."""
        legs = iter(self.legs)
        for holding, whole in zip(self.holdings, self.wholes or ((),) * len(self.holdings), strict=True):
            yield holding, tuple(islice(legs, len(holding.legs))), whole


@dataclass(frozen=True, slots=True)
class ShortDistance:
    """How far a short strike or a break-even is from SPX: points, percent, and multiples of EDR."""

    side: str
    level: float
    points: Figure
    pct: Figure
    edrs: Figure


@dataclass(frozen=True, slots=True)
class CondorState:
    """One condor: its break-evens bare and hedged with its own layers, and the distances to them."""

    condor: Condor
    status: str
    dte: Figure
    max_loss: Figure
    bare: BreakEvens
    hedged: BreakEvens
    distances: tuple[ShortDistance, ...]
    nearest: ShortDistance | None


@dataclass(frozen=True, slots=True)
class ContextState:
    """A series of the economy: what was last known of it, about which day or month, and since when.

    `year_pct` is the change over twelve months and `year_pct_before` that of the month before; None for a
    daily series. `with_edr` and `with_vix` are the correlations of daily changes; None for a monthly one.
    """

    symbol: str
    name: str
    value: Figure
    about: date | None
    known_at: datetime | None
    year_pct: Figure | None = None
    year_pct_before: Figure | None = None
    with_edr: Figure | None = None
    with_vix: Figure | None = None


@dataclass(frozen=True, slots=True)
class EventState:
    """The next announcement of a kind, how far it is, and the last one with its numbers as known now."""

    kind: str
    next_day: date | None
    sessions: Figure
    days: Figure
    is_around: bool
    last: MarketEvent | None


@dataclass(frozen=True)
class MoreFigures:
    """What is shown beside the measures that the rules read; every element a Figure by name."""

    realised: Mapping[str, Figure]
    expected: Mapping[str, Figure]
    breadth: Mapping[str, Figure]
    curve: Mapping[str, Figure]
    contango_pct: tuple[Figure, ...]
    context: tuple[ContextState, ...]
    events: tuple[EventState, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that asks for a look; `key` stays the same until it is acknowledged or over."""

    key: str
    title: str
    text: str
    time: datetime


@dataclass(frozen=True)
class MonitorState:
    """All that is on screen at `as_of`, and all that `status --json` prints."""

    as_of: datetime
    is_simulated: bool
    playbook_name: str
    playbook_hash: str
    spx: Figure
    vix: Figure
    edr: Figure
    edr_points: Figure
    edr_formula: str
    edr_zone: str
    ladder: LadderState
    vix_indicators: Mapping[str, Figure]
    spx_indicators: Mapping[str, Figure]
    universe: str
    ad_line: Figure
    rana: Figure
    divergence: DivergenceState
    curve: Mapping[str, Figure]
    curve_points: tuple[tuple[date, float], ...]
    layers: tuple[LayerState, ...]
    condors: tuple[CondorState, ...]
    book_break_evens: BreakEvens
    alerts: tuple[Alert, ...]
    oldest_age_s: float | None
    oldest_input: str
    past: Past
    provisional: Measured | None = None
    provisional_day: date | None = None
    quotes_refused: tuple[str, ...] = field(default=())
    today: Mapping[str, TodayBar] = field(default_factory=dict)
    more: MoreFigures | None = None
