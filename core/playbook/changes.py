"""When did a layer's trigger change, from what to what, and which values made it? Read off the fold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.playbook.parameters import LAYER_NUMBERS
from core.playbook.readings import Seen
from core.playbook.rules import NO_EVENTS
from core.playbook.why import layer_why

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.market.figure import Input
    from core.measures.measured import Measured
    from core.playbook.layer_state import TriggerHistory
    from core.playbook.parameters import Playbook
    from core.playbook.rules_calendar import Events
    from core.playbook.verdict import Trigger, Verdict


@dataclass(frozen=True, slots=True)
class TriggerChange:
    """A close at which a layer's trigger became another: the session, the UTC moment of its close, and why.

    `inputs` are the values that the layer's rules read then, each once; `playbook_hash` is that of the rules
    they were read by.
    """

    session: date
    time: datetime
    layer: int
    before: Trigger
    after: Trigger
    reason: str
    inputs: tuple[Input, ...]
    playbook_hash: str


def trigger_changes(
    triggers: TriggerHistory,
    measured: Measured,
    playbook: Playbook,
    span: tuple[date | None, date | None] = (None, None),
    events: Events = NO_EVENTS,
) -> list[TriggerChange]:
    """Return every change of layers 1..4 from the first to the last day of the span, by session and layer.

    None means from the first or to the last session. The first session is no change.
    """
    days = measured.history.days
    first, last = span
    within = np.ones(len(days), dtype=np.bool_)
    within &= days >= np.datetime64(first) if first is not None else within
    within &= days <= np.datetime64(last) if last is not None else within
    changed = np.zeros(triggers.state.shape, dtype=np.bool_)
    changed[:, 1:] = triggers.state[:, 1:] != triggers.state[:, :-1]
    sessions, layers = np.nonzero((changed & within).T)
    found = zip(sessions.tolist(), layers.tolist(), strict=True)
    return [
        _change(triggers, Seen(measured, at, playbook, events=events), LAYER_NUMBERS[row]) for at, row in found
    ]


def _change(triggers: TriggerHistory, seen: Seen, number: int) -> TriggerChange:
    explained = layer_why(triggers.step(number, seen.index), seen)
    history = seen.measured.history
    return TriggerChange(
        session=history.days[seen.index].item(),
        time=datetime.fromtimestamp(int(history.closes[seen.index]), UTC),
        layer=number,
        before=triggers.trigger(number, seen.index - 1),
        after=explained.trigger,
        reason=explained.reason,
        inputs=inputs_of(explained.verdicts),
        playbook_hash=seen.playbook.hash,
    )


def inputs_of(verdicts: Iterable[Verdict]) -> tuple[Input, ...]:
    """Return what the rules of some trees read, each input once, in the order of the trees."""
    found: dict[str, Input] = {}
    for verdict in verdicts:
        for item in (*verdict.inputs, *inputs_of(verdict.children)):
            found.setdefault(item.name, item)
    return tuple(found.values())
