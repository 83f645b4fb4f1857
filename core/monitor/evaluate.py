"""What is there to see? One pure function that window, command line and export all read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.entry import Stamp
from core.monitor.alerts import alerts
from core.monitor.curve_now import curve_at
from core.monitor.edr_figures import edr_figures, ladder_state
from core.monitor.held_book import held_book, volatilities_at_expiry
from core.monitor.live import live_session
from core.monitor.market_figures import (
    SPX_INDICATORS,
    VIX_INDICATORS,
    breadth_figures,
    curve_figures,
    indicator_figures,
)
from core.monitor.market_now import NO_DATA, Market, read_market
from core.monitor.more_figures import more_figures
from core.monitor.past import up_to_date
from core.monitor.position_states import (
    Levels,
    book_states,
    layer_legs,
    layer_wholes,
    position_state,
)
from core.monitor.quotes_now import quotes_refused, today_bars
from core.monitor.valuation_market import market_now, market_then
from core.playbook.ladder import zone
from core.playbook.layer_state import provisional_steps
from core.playbook.readings import Seen
from core.playbook.verdict import PositionState, Trigger
from core.playbook.why import layer_why, state_since
from core.positions.book import LAYER_NUMBERS
from core.state import LayerState, MonitorState

if TYPE_CHECKING:
    from core.market.figure import Figure, Input
    from core.playbook.layer_state import LayerStep
    from core.playbook.why import LayerWhy
    from core.positions.book import Book
    from core.state import Facts

NOT_HELD = frozenset({PositionState.NONE, PositionState.CLOSED})


def evaluate(facts: Facts) -> MonitorState:
    """Return all that is on screen at `facts.now`; reads no clock, no file, and nothing later than now."""
    facts = up_to_date(facts)
    live = live_session(facts)
    market = read_market(facts, live)
    edr, edr_points = edr_figures(market)
    levels = _levels(market, edr_points)
    condors, book_break_evens = book_states(levels)
    line, rana, divergence = breadth_figures(market)
    oldest, oldest_age = _oldest(market)
    drawn = live if facts.past.history.length else None  # a chart needs closes to begin with
    return MonitorState(
        as_of=facts.now,
        is_simulated=facts.is_simulated,
        playbook_name=facts.playbook.name,
        playbook_hash=facts.playbook.hash,
        spx=market.readings["SPX"],
        vix=market.readings["VIX"],
        edr=edr,
        edr_points=edr_points,
        edr_formula=market.row.edr_formula,
        edr_zone=zone(edr.value, facts.playbook) if edr.value is not None else "",
        ladder=ladder_state(market, edr),
        vix_indicators=indicator_figures(market, VIX_INDICATORS),
        spx_indicators=indicator_figures(market, SPX_INDICATORS),
        universe=market.row.universe,
        ad_line=line,
        rana=rana,
        divergence=divergence,
        curve=curve_figures(market),
        curve_points=tuple(sorted(curve_at(facts, facts.now).items())),
        layers=_layers(market, levels),
        condors=condors,
        book_break_evens=book_break_evens,
        alerts=alerts(market, edr),
        oldest_age_s=oldest_age,
        oldest_input=oldest,
        past=facts.past,
        provisional=drawn.measured if drawn else None,
        provisional_day=drawn.day if drawn else None,
        quotes_refused=quotes_refused(facts),
        today=today_bars(facts),
        more=more_figures(market, edr, edr_points),
    )


def _levels(market: Market, edr_points: Figure) -> Levels:
    """Return what the positions are measured by."""
    held, now = held_book(market.facts), market_now(market)
    volatilities = volatilities_at_expiry(market.facts, held, now, market_then(market.facts))
    return Levels(held, market.readings["SPX"], edr_points, now, volatilities)


def stamp(facts: Facts) -> Stamp:
    """Return the market and the rules at `facts.now`, as an entry made then carries them."""
    facts = up_to_date(facts)
    market = read_market(facts, live_session(facts))
    edr, _ = edr_figures(market)
    rung = ladder_state(market, edr).rung.value
    return Stamp(
        spx=market.readings["SPX"].value,
        vix=market.readings["VIX"].value,
        edr_pct=edr.value,
        rung=None if rung is None else int(rung),
        playbook_hash=facts.playbook.hash,
    )


def _layers(market: Market, levels: Levels) -> tuple[LayerState, ...]:
    steps: tuple[LayerStep, ...] = ()
    if market.live is not None:
        facts, live = market.facts, market.live
        rules = facts.playbook.named_rules
        steps = provisional_steps(live.past.triggers, live.measured, facts.playbook, facts.event_days, rules)
    seen = _seen(market)
    return tuple(
        _layer(number, market, levels, steps, _explained(number, market, steps, seen)) for number in LAYER_NUMBERS
    )


def _layer(
    number: int, market: Market, levels: Levels, live_steps: tuple[LayerStep, ...], explained: LayerWhy | None
) -> LayerState:
    facts, past = market.facts, market.facts.past
    held = levels.held.layers[number]
    return LayerState(
        number=number,
        name=facts.book.layer_names[number],
        trigger=past.triggers.trigger(number) if past.triggers.length else Trigger.UNKNOWN,
        trigger_reason=explained.reason if explained else f"Unknown: {NO_DATA}.",
        since=state_since(past.triggers, past.history, number),
        provisional=live_steps[number - 1].trigger if live_steps else None,
        position=_position(number, facts.book, position_state(held, levels)),
        why=explained.verdicts if explained else (),
        holdings=tuple(one.layer for one in held),
        legs=layer_legs(held, levels),
        wholes=layer_wholes(held, levels),
    )


def _position(number: int, book: Book, state: PositionState) -> PositionState:
    """Return the journal's word for a layer: proposed where only an intent to open it is recorded (7.3)."""
    is_meant = any(layer == number for layer, _ in book.intents)
    return PositionState.PROPOSED if is_meant and state in NOT_HELD else state


def _explained(
    number: int, market: Market, live_steps: tuple[LayerStep, ...], seen: Seen | None
) -> LayerWhy | None:
    """Return why the layer is as it is: by the session in progress if there is one, else by the last close."""
    if seen is None:
        return None
    step = live_steps[number - 1] if live_steps else market.facts.past.triggers.step(number)
    return layer_why(step, seen)


def _seen(market: Market) -> Seen | None:
    """Return the session that the reasons are read from, None without any."""
    facts, past = market.facts, market.facts.past
    if market.live is None:
        last, rows = past.history.length - 1, past.triggers.length
        return Seen(past.measured, last, facts.playbook, now=facts.now, events=facts.event_days) if rows else None
    return Seen(
        measured=market.row,
        index=market.index,
        playbook=facts.playbook,
        time=facts.now,
        now=facts.now,
        live=_live_inputs(market),
        stale=market.stale,
        events=facts.event_days,
    )


def _live_inputs(market: Market) -> dict[str, Input]:
    """Return what the live session is made of by symbol, each with its own time, source and age."""
    found = {symbol: figure.inputs[0] for symbol, figure in market.readings.items() if figure.inputs}
    if market.live is not None and market.live.vix9d_note:
        note, value = market.live.vix9d_note, market.row.vix9d_used[-1]
        found["VIX9D"] = market.symbol_input("VIX9D", value, "% a year", "VIX", note)
    return found


def _oldest(market: Market) -> tuple[str, float | None]:
    """Return the input in use that is oldest, by name, and its age in seconds."""
    ages = {
        name: figure.inputs[0].age_s
        for name, figure in market.readings.items()
        if figure.is_known and figure.inputs and figure.inputs[0].age_s is not None
    }
    if not ages:
        return "", None
    name = max(ages, key=lambda key: ages[key] or 0.0)
    return name, ages[name]
