"""What looks like a promoter's habit? Skipped layers, unanswered breadth, new size in a spike (playbook 7.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.advice.drafting import last_opened_s
from core.advice.ground import run_start
from core.advice.records import Pattern
from core.playbook.kleene import ON
from core.positions.book import LAYER_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.advice.ground import Ground

ANSWER_SESSIONS = 2


def patterns(ground: Ground) -> tuple[Pattern, ...]:
    """Return the patterns at the last close; nothing is said of a book without a condor."""
    if not ground.live_condors or ground.last < 0:
        return ()
    return (*_skipped(ground), *_unanswered(ground), *_size_in_spike(ground))


def _skipped(ground: Ground) -> Iterator[Pattern]:
    """000-24: a layer has been confirmed for more than two closes and nothing of it is held."""
    held = {layer.number for layer in ground.live_layers}
    for number in LAYER_NUMBERS:
        closes = ground.closes_confirmed(number)
        if number not in held and closes > ANSWER_SESSIONS:
            text = f"layer {number} has been confirmed for {closes} closes and is not held: a skipped layer"
            yield Pattern(f"skipped:L{number}", text, "000")


def _unanswered(ground: Ground) -> Iterator[Pattern]:
    """004-18: a divergence of moderate grade for more than two sessions, and no layer opened since."""
    words = ground.words("ad_moderate")
    begins = run_start(words)
    if begins < 0 or len(words) - begins <= ANSWER_SESSIONS:
        return
    if not any(last_opened_s(layer) > ground.close_s(begins) for layer in ground.book.layers.values()):
        text = f"A/D divergence since {ground.day(begins)} without a new layer: an unanswered breadth alert"
        yield Pattern("breadth", text, "004")


def _size_in_spike(ground: Ground) -> Iterator[Pattern]:
    """002-21: a condor opened while VIX was far above its mean."""
    spikes, closes = ground.words("vix_spike"), ground.past.history.closes
    for condor in ground.live_condors:
        if condor.opened_at is None:
            continue
        before = int(closes.searchsorted(condor.opened_at.timestamp(), side="left")) - 1
        if 0 <= before < len(spikes) and spikes[before] == ON:
            text = f"condor {condor.id} was opened while VIX was far above its mean: chasing a spike"
            yield Pattern(f"spike:C{condor.id}", text, "002")
