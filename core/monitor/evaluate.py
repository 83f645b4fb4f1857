"""What is there to see? One pure function that window, command line and export all read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.monitor.alerts import alerts
from core.journal.entry import Stamp
from core.monitor.live import live_session
from core.monitor.market_figures import (
    SPX_INDICATORS,
    VIX_INDICATORS,
    Market,
    breadth_figures,
    curve_figures,
    edr_figures,
    indicator_figures,
    ladder_state,
    read_market,
)
from core.measures.measured import measure
from core.playbook.ladder import zone
from core.playbook.layer_state import step_provisional, trigger_history
from core.playbook.parameters import measure_settings
from core.playbook.why import layer_why
from core.monitor.position_states import Levels, book_break_evens, condor_states, layer_legs, position_state
from core.positions.book import LAYER_NUMBERS
from core.state import LayerState, MonitorState, Past
from core.monitor.valuation_market import curve_now, market_now, market_then

if TYPE_CHECKING:
    from datetime import datetime

    from core.monitor.live import Live
    from core.market.series import History
    from core.playbook.parameters import Playbook
    from core.playbook.verdict import Trigger
    from core.state import Facts


def make_past(history: History, playbook: Playbook) -> Past:
    """Return all that follows from the closes: measures and triggers of every session."""
    measured = measure(history, measure_settings(playbook))
    return Past(history, measured, trigger_history(measured, playbook))


def closed_history(history: History, now: datetime) -> History:
    """Return the history of the sessions that have closed by `now`: nothing later is looked at."""
    return history.until(max(history.calendar.closed_by(now) - history.first, 0))


def evaluate(facts: Facts) -> MonitorState:
    """Return all that is on screen at `facts.now`; reads no clock, no file, and nothing later than now."""
    live = live_session(facts, measure_settings(facts.playbook))
    market = read_market(facts, live)
    edr, edr_points = edr_figures(market)
    levels = Levels(market.readings["SPX"], edr_points, market_now(market), market_then(facts))
    line, rana, divergence = breadth_figures(market)
    oldest, oldest_age = _oldest(market)
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
        curve_points=tuple(sorted(curve_now(facts).items())),
        layers=_layers(market, levels),
        condors=condor_states(facts.book, levels),
        book_break_evens=book_break_evens(facts.book, levels),
        alerts=alerts(market, edr),
        oldest_age_s=oldest_age,
        oldest_input=oldest,
        past=facts.past,
        provisional=live.measured if live else None,
        provisional_day=live.day if live else None,
    )


def stamp(facts: Facts) -> Stamp:
    """Return the market and the rules at `facts.now`, as an entry made then carries them."""
    market = read_market(facts, live_session(facts, measure_settings(facts.playbook)))
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
    provisional = _provisional(market)
    return tuple(_layer(number, market, levels, provisional) for number in LAYER_NUMBERS)


def _provisional(market: Market) -> tuple[Trigger, ...]:
    """Return the triggers as they would be if the session closed now, () when nothing is live."""
    live: Live | None = market.live
    if live is None:
        return ()
    return step_provisional(market.facts.past.triggers, live.measured, market.facts.playbook)


def _layer(number: int, market: Market, levels: Levels, provisional: tuple[Trigger, ...]) -> LayerState:
    facts = market.facts
    explained = layer_why(number, market)
    holdings = facts.book.layers_numbered(number)
    return LayerState(
        number=number,
        name=facts.book.layer_names[number],
        trigger=explained.trigger,
        trigger_reason=explained.reason,
        since=explained.since,
        provisional=provisional[number - 1] if provisional else None,
        position=position_state(holdings),
        why=explained.verdicts,
        holdings=holdings,
        legs=layer_legs(holdings, levels),
    )


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
