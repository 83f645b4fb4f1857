"""What is the market's word for each layer at each close? Off, armed, confirmed, blocked or unknown.

A pure fold over closes. One step of it, `advance`, serves the closes and the provisional session alike; its
memory is kept for every session, so that one more session never needs the fold from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.parameters import LAYER_NUMBERS
from core.playbook.rules import NO_EVENTS, market_words
from core.playbook.rung import EDR_RUNG, rung_latch, rung_words
from core.playbook.trees import evaluate, evaluate_or
from core.playbook.verdict import TRIGGERS, Trigger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from core.measures.measured import Measured
    from core.playbook.parameters import Playbook
    from core.playbook.rules_calendar import Events

    Words = NDArray[np.int8]

NEVER = -1
_OFF, _ARMED, _CONFIRMED, _BLOCKED, _UNKNOWN = (TRIGGERS.index(trigger) for trigger in Trigger)

Memory = tuple[int, bool]
"""The session at which the layer armed (NEVER while it is off), and whether it was confirmed since."""


@dataclass(frozen=True, slots=True)
class LayerStep:
    """One layer at one session. Words are -1 unknown, 0 off, 1 on; `rules` has them by rule name.

    `is_held` says that only the minimum hold keeps it armed. `rung_is_on` and `closes_below` are the memory of
    the layer's own rung after the session.
    """

    number: int
    trigger: Trigger
    arms: int
    confirms: int
    blocks: int
    armed_at: int
    is_confirmed: bool
    rung_is_on: bool
    closes_below: int
    rules: Mapping[str, int]

    @property
    def is_held(self) -> bool:
        """Whether the layer stays armed although its rules are off."""
        return self.armed_at != NEVER and self.arms == OFF


@dataclass(frozen=True)
class TriggerHistory:
    """The states and memories of layers 1..4 at each session; arrays of shape (4, sessions).

    `state` indexes TRIGGERS. `armed_at` is a session index, NEVER while off. `rules` holds the words of the
    rules that every layer shares, one array each. `first` is the calendar index of the first session.
    """

    first: int
    state: NDArray[np.int8]
    arms: Words
    confirms: Words
    blocks: Words
    armed_at: NDArray[np.int32]
    is_confirmed: NDArray[np.bool_]
    rung: Words
    rung_is_on: NDArray[np.bool_]
    closes_below: NDArray[np.int32]
    rules: Mapping[str, Words]

    @property
    def length(self) -> int:
        """The number of sessions."""
        return int(self.state.shape[1])

    def until(self, length: int) -> TriggerHistory:
        """Return the states of the first `length` sessions: what the fold over those alone gives."""
        kept = max(length, 0)
        rules = MappingProxyType({name: words[:kept] for name, words in self.rules.items()})
        arrays = {name: value[:, :kept] for name, value in vars(self).items() if isinstance(value, np.ndarray)}
        return TriggerHistory(first=self.first, rules=rules, **arrays)

    def trigger(self, number: int, index: int = -1) -> Trigger:
        """Return the state of a layer at a session, the last one unless told."""
        return TRIGGERS[int(self.state[number - 1, index])]

    def since(self, number: int, index: int = -1) -> int:
        """Return the session index at which the layer's state at `index` began, without a break."""
        states = self.state[number - 1, : index % self.length + 1]
        others = np.flatnonzero(states != states[-1])
        return int(others[-1]) + 1 if len(others) else 0

    def step(self, number: int, index: int = -1) -> LayerStep:
        """Return everything about a layer at a session, the last one unless told."""
        at = (number - 1, index)
        rules = {name: int(words[index]) for name, words in self.rules.items()}
        return LayerStep(
            number,
            self.trigger(number, index),
            int(self.arms[at]),
            int(self.confirms[at]),
            int(self.blocks[at]),
            int(self.armed_at[at]),
            bool(self.is_confirmed[at]),
            bool(self.rung_is_on[at]),
            int(self.closes_below[at]),
            MappingProxyType({**rules, EDR_RUNG: int(self.rung[at])}),
        )


def trigger_history(measured: Measured, playbook: Playbook, events: Events = NO_EVENTS) -> TriggerHistory:
    """Return the state of every layer at every close (playbook 7.3); `events` are those of `market_words`."""
    return _folded(measured, market_words(measured, playbook, events), playbook, None)


def provisional_steps(
    triggers: TriggerHistory,
    measured: Measured,
    playbook: Playbook,
    events: Events = NO_EVENTS,
    only: frozenset[str] | None = None,
) -> tuple[LayerStep, ...]:
    """Return what layers 1..4 would be, had the last session of `measured` closed with its values.

    With `only` the steps tell of those rules alone; they must be at least those that the trees name.
    `measured` covers the last sessions of those of `triggers` and at least one more; sessions in between,
    whose closes nobody has, take part as they are: unknown. Raises ValueError if there is none more.
    """
    if measured.history.first + measured.history.length <= triggers.first + triggers.length:
        raise ValueError("the provisional session must come after the last close of the triggers")
    last = _folded(measured, market_words(measured, playbook, events, only), playbook, triggers)
    return tuple(last.step(number) for number in LAYER_NUMBERS)


def step_provisional(triggers: TriggerHistory, measured: Measured, playbook: Playbook) -> tuple[Trigger, ...]:
    """Return the states of layers 1..4 that `provisional_steps` finds."""
    return tuple(step.trigger for step in provisional_steps(triggers, measured, playbook))


def advance(memory: Memory, session: int, words: tuple[int, int, int], min_hold: int) -> tuple[Memory, int]:
    """Return the memory and the state (index into TRIGGERS) after a session.

    `words` are what the layer's trees say: arms, confirms, blocks.

    An armed layer stays so for at least `min_hold` sessions, the one that armed it included. It is confirmed
    by a session that confirms and does not block, until it goes off. Unknown arming keeps the memory.
    """
    arms, confirms, blocks = words
    if arms == UNKNOWN:
        return memory, _UNKNOWN
    armed_at, is_confirmed = memory
    if arms == ON and armed_at == NEVER:
        armed_at = session
    elif arms == OFF and armed_at != NEVER and session - armed_at >= min_hold:
        armed_at, is_confirmed = NEVER, False
    if armed_at == NEVER:
        return (NEVER, False), _OFF
    if blocks == OFF:
        is_confirmed = is_confirmed or confirms == ON
        return (armed_at, is_confirmed), _CONFIRMED if is_confirmed else _ARMED
    return (armed_at, is_confirmed), _BLOCKED if blocks == ON else _ARMED


def _folded(
    measured: Measured, shared: Mapping[str, Words], playbook: Playbook, before: TriggerHistory | None
) -> TriggerHistory:
    """Fold all sessions, or only those after `before` when it is given."""
    edr = measured.edr_pct
    first, length = measured.history.first, measured.history.length
    if before is not None:
        new = min(first + length - before.first - before.length, length)
        shared, edr = {name: words[-new:] for name, words in shared.items()}, edr[-new:]
        first += length - new
    start = first - before.first if before is not None else 0
    rows = [_layer(number, (shared, edr), playbook, before, start) for number in LAYER_NUMBERS]
    arrays = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    return TriggerHistory(first=first, rules=MappingProxyType({**shared}), **arrays)


def _layer(
    number: int,
    market: tuple[Mapping[str, Words], NDArray[np.float64]],
    playbook: Playbook,
    before: TriggerHistory | None,
    start: int,
) -> dict[str, NDArray[np.generic]]:
    """Fold one layer over the words of the shared rules and EDR, from session index `start`."""
    shared, edr = market
    last = before.step(number) if before is not None and before.length else None
    latch = rung_latch(
        edr,
        number,
        playbook,
        was_on=last is not None and last.rung_is_on,
        was_below=last.closes_below if last else 0,
    )
    words = {**shared, EDR_RUNG: rung_words(edr, latch)}
    trees = playbook.trees[number]
    is_enabled = playbook.flag(f"layer.{number}.enabled")
    arms = evaluate(trees.arm, words) if is_enabled else np.full(len(edr), OFF, dtype=np.int8)
    confirms = evaluate_or(trees.confirm, words, len(edr), default=True)
    blocks = evaluate_or(trees.block, words, len(edr), default=False)
    memory: Memory = (last.armed_at, last.is_confirmed) if last else (NEVER, False)
    folded = _fold(memory, start, (arms, confirms, blocks), playbook.count("layer.min_hold"))
    return {
        "arms": arms,
        "confirms": confirms,
        "blocks": blocks,
        "rung": words[EDR_RUNG],
        "rung_is_on": latch.is_on,
        "closes_below": latch.closes_below,
        **folded,
    }


def _fold(
    memory: Memory, start: int, words: tuple[Words, Words, Words], min_hold: int
) -> dict[str, NDArray[np.generic]]:
    states, armed_at, is_confirmed = [], [], []
    for session, said in enumerate(zip(*(word.tolist() for word in words), strict=True), start):
        memory, state = advance(memory, session, said, min_hold)
        states.append(state)
        armed_at.append(memory[0])
        is_confirmed.append(memory[1])
    return {
        "state": np.array(states, dtype=np.int8),
        "armed_at": np.array(armed_at, dtype=np.int32),
        "is_confirmed": np.array(is_confirmed, dtype=np.bool_),
    }
