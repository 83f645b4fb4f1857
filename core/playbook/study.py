"""How often would the rules have been on? Shares of days, switches, how long, and how far playbooks agree."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.measures.measured import measure
from core.playbook.edr_study import NO_SESSION, EventStudy, RungShare, event_study, rung_shares, share_of
from core.playbook.layer_state import trigger_history
from core.playbook.parameters import LAYER_NUMBERS, measure_settings
from core.playbook.verdict import TRIGGERS, Trigger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from core.market.series import History
    from core.measures.measured import Measured
    from core.measures.settings import MeasureSettings
    from core.playbook.layer_state import TriggerHistory
    from core.playbook.parameters import Playbook
    from core.playbook.rules_calendar import Events

SESSIONS_A_YEAR = 252
ON_STATES = (Trigger.ARMED, Trigger.CONFIRMED, Trigger.BLOCKED)
SWITCHED_OFF = "the layer is switched off in the playbook"


@dataclass(frozen=True, slots=True)
class LayerStudy:
    """One layer of one playbook over some sessions.

    `on_pct` is the share of the known sessions on which the layer is armed, confirmed or blocked; `state_pct` the
    share of all sessions by state. `switches_a_year` counts turns from on to off or back between known sessions,
    `median_days_on` the sessions that a stretch on lasts.
    """

    number: int
    on_pct: Figure
    state_pct: Mapping[Trigger, Figure]
    switches_a_year: Figure
    median_days_on: Figure


@dataclass(frozen=True, slots=True)
class Agreement:
    """On which share of the sessions that both know two playbooks say the same of a layer, on or off; percent."""

    first: str
    second: str
    layer_pct: Mapping[int, Figure]
    all_pct: Figure


@dataclass(frozen=True)
class PlaybookStudy:
    """One playbook's layers 1..4."""

    playbook: Playbook
    layers: tuple[LayerStudy, ...]


@dataclass(frozen=True)
class Study:
    """Some playbooks over the same sessions (`days`); `rungs` by the first one's ladder."""

    days: NDArray[np.datetime64]
    playbooks: tuple[PlaybookStudy, ...]
    agreements: tuple[Agreement, ...]
    rungs: tuple[RungShare, ...]
    events: tuple[EventStudy, ...]


def is_on(triggers: TriggerHistory, number: int) -> NDArray[np.bool_]:
    """Return where a layer is armed, confirmed or blocked: the market's signs are there."""
    states = [TRIGGERS.index(state) for state in ON_STATES]
    return np.isin(triggers.state[number - 1], states)


def is_known(triggers: TriggerHistory, number: int) -> NDArray[np.bool_]:
    """Return where a layer's state is known."""
    return np.asarray(triggers.state[number - 1] != TRIGGERS.index(Trigger.UNKNOWN))


def study(history: History, playbooks: Sequence[Playbook], events: Events, span: slice) -> Study:
    """Return how often each playbook's layers were on within a span of sessions, and how far they agree.

    Every session is judged by what was known at its close: the whole history before the span takes part.
    """
    measures: dict[MeasureSettings, Measured] = {}
    found: list[tuple[Playbook, TriggerHistory]] = []
    for playbook in playbooks:
        settings = measure_settings(playbook)
        measures[settings] = measures.get(settings) or measure(history, settings)
        found.append((playbook, trigger_history(measures[settings], playbook, events)))
    measured = measures[measure_settings(playbooks[0])]
    return Study(
        history.days[span],
        tuple(PlaybookStudy(p, tuple(layer_study(p, t, n, span) for n in LAYER_NUMBERS)) for p, t in found),
        tuple(agreement(a, b, span) for a, b in combinations(found, 2)),
        rung_shares(measured, playbooks[0], span),
        tuple(event_study(measured, kind, days, span) for kind, days in sorted(events.items())),
    )


def layer_study(playbook: Playbook, triggers: TriggerHistory, number: int, span: slice) -> LayerStudy:
    """Return how often a layer was on within a span of sessions."""
    if not playbook.flag(f"layer.{number}.enabled"):
        off = unknown(SWITCHED_OFF)
        return LayerStudy(number, off, dict.fromkeys(TRIGGERS, off), off, off)
    on, sees = is_on(triggers, number)[span], is_known(triggers, number)[span]
    state = triggers.state[number - 1, span]
    lengths = _stretches(on, sees)
    return LayerStudy(
        number,
        share_of(on[sees], "of the known sessions"),
        {trigger: share_of(state == index, "of all sessions") for index, trigger in enumerate(TRIGGERS)},
        _switches(on[sees]),
        known(float(np.median(lengths)), "sessions", "median length of a stretch on")
        if len(lengths)
        else unknown("it was never on", "sessions"),
    )


def _switches(on: NDArray[np.bool_]) -> Figure:
    formula = f"turns between on and off for {SESSIONS_A_YEAR} known sessions"
    if len(on) < 2:
        return unknown(NO_SESSION, "a year", formula)
    turns = int((on[1:] != on[:-1]).sum())
    return known(turns * SESSIONS_A_YEAR / (len(on) - 1), "a year", formula)


def _stretches(on: NDArray[np.bool_], sees: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of known sessions of each stretch on; unknown sessions in between do not end one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], on[sees], [False])).astype(np.int8)))
    return edges[1::2] - edges[::2]


def agreement(
    first: tuple[Playbook, TriggerHistory], second: tuple[Playbook, TriggerHistory], span: slice
) -> Agreement:
    """Return how far two playbooks agree, layer by layer and over the layers that both have switched on."""
    (one, a), (other, b) = first, second
    both = [n for n in LAYER_NUMBERS if one.flag(f"layer.{n}.enabled") and other.flag(f"layer.{n}.enabled")]
    same = {n: _same(a, b, n, span) for n in both}
    by_layer = {
        n: share_of(same[n], "of the sessions that both know") if n in same else unknown(SWITCHED_OFF, "%")
        for n in LAYER_NUMBERS
    }
    every = np.concatenate([*same.values()]) if same else np.zeros(0, dtype=np.bool_)
    return Agreement(
        one.name, other.name, by_layer, share_of(every, "of the sessions of the layers that both have")
    )


def _same(a: TriggerHistory, b: TriggerHistory, number: int, span: slice) -> NDArray[np.bool_]:
    both = (is_known(a, number) & is_known(b, number))[span]
    return np.asarray((is_on(a, number) == is_on(b, number))[span][both])
