"""How long has the size of a high VIX lasted, when is it reviewed, and what comes after (003-9, "temporarily")?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.advice.drafting import base
from core.advice.ground import run_start, word_at_end
from core.advice.records import TEMPORARY, Act, Proposal, Situation
from core.market.figure import known
from core.playbook.kleene import OFF, ON
from core.playbook.verdict import Says

if TYPE_CHECKING:
    from core.advice.ground import Ground

TITLE = "VIX in the high band: its size is temporary"


def temporary(ground: Ground) -> Situation:
    """003: since when VIX has been settled in the high band, and the session at which its size is reviewed."""
    words, sessions = ground.words("vix_band_high"), ground.playbook.count("regime.temporary")
    begins = run_start(words)
    if begins < 0:
        says = Says.OFF if word_at_end(words) == OFF else Says.UNKNOWN
        return Situation(TEMPORARY, TITLE, says, _bands(ground), "003")
    at = begins + sessions
    count = ground.last - begins + 1
    days = ground.past.history.calendar.days
    place = ground.past.history.first + at
    when = days[place].item() if place < len(days) else "after the calendar ends"
    reason = f"session {count} of {sessions}, reviewed at the close of {when}; then {_bands(ground)}"
    return Situation(TEMPORARY, TITLE, Says.ON, reason, "003", ground.day(begins), ground.close_s(begins))


def _bands(ground: Ground) -> str:
    low, high = (ground.playbook.number(f"regime.middle_{side}") for side in ("from", "to"))
    return f"step down to {low:g} to {high:g} % of the notional"


def reviews(ground: Ground, row: Situation) -> list[Proposal]:
    """Return the review with the dollars to step down to, from the session on at which it is due."""
    words = ground.words("vix_band_high")
    begins = run_start(words)
    if row.says is not Says.ON or words[begins] != ON:
        return []
    if ground.last - begins < ground.playbook.count("regime.temporary"):
        return []
    proposal = base(row, Act.WATCH, f"review the temporary size: {_bands(ground)}")
    if ground.notional is None:
        return [replace(proposal, unknown="no notional is stated")]
    target = ground.notional * ground.playbook.number("regime.middle_to") / 100.0
    formula = "notional x regime.middle_to: the most to hold after the review"
    return [replace(proposal, gain=known(target, "$", formula))]
