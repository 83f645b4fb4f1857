"""Which rows of the decision tables hold at the last close, since when, and what was read (playbook 7.4)?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.advice.ground import OFF, ON, UNKNOWN, run_start, word_at_end
from core.advice.harvesting import stable
from core.advice.records import (
    BREADTH_MINOR,
    EXIT_ONE,
    EXIT_TWO,
    HARVEST,
    INNERMOST,
    NEXT_LAYER,
    RV_ABOVE_IV,
    SHRINK_FIRST,
    Situation,
)
from core.advice.surprises import INFLATION, releases_near_fomc, surprise_of
from core.advice.temporary import temporary
from core.playbook.kleene import all_of, any_of
from core.playbook.verdict import Says

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from core.advice.ground import Ground

    Words = NDArray[np.int8]

SAYS = {ON: Says.ON, OFF: Says.OFF, UNKNOWN: Says.UNKNOWN}
FALLING_CLOSES = 3  # 000-20: EDR falls for three closes


def situations(ground: Ground) -> tuple[Situation, ...]:
    """Return every row of the tables but unwinding, which is each layer's own, and the exit of everything."""
    return tuple(row(ground) for row in ROWS)


def innermost(ground: Ground) -> Situation:
    """002: VIX far above its mean, or RSI of VIX high: the innermost layer is looked at first."""
    found = any_of([ground.words("vix_spike"), ground.words("rsi_vix_block")])
    told = f"{_told(ground, 'vix_spike', _z)}; {_told(ground, 'rsi_vix_block', _rsi)}"
    return _of_words(ground, (INNERMOST, "VIX far above its mean or RSI(VIX) high", "002"), found, told)


def exit_rule_one(ground: Ground) -> Situation:
    """002: the row above, and an extreme CPI or PPI within events.around sessions of an FOMC."""
    title = "Exit Rule One: the same after an extreme CPI or PPI near an FOMC"
    first = innermost(ground)
    if first.says is Says.OFF:
        return Situation(EXIT_ONE, title, Says.OFF, first.reason, "002")
    says, told = _extreme(ground)
    if first.says is Says.UNKNOWN and says is Says.ON:
        says = Says.UNKNOWN
    reason = f"{first.reason}; {told}"
    if says is not Says.ON:
        return Situation(EXIT_ONE, title, says, reason, "002")
    return Situation(EXIT_ONE, title, says, reason, "002", first.since, first.begins_s)


def _extreme(ground: Ground) -> tuple[Says, str]:
    """Return whether an extreme announcement of the last sessions lies near an FOMC, and what was read."""
    kinds = {one.kind for one in ground.events}
    if ground.last < 0 or "FOMC" not in kinds or not kinds & {*INFLATION}:
        return Says.UNKNOWN, f"no list of {'CPI or PPI' if 'FOMC' in kinds else 'FOMC'} days is imported"
    calendar, around = ground.past.history.calendar, ground.playbook.count("events.around")
    near = releases_near_fomc(ground.events, ground.day(ground.last), calendar, around)
    if not near:
        return Says.OFF, f"no CPI or PPI of the last {around} sessions within {around} of an FOMC"
    found = [surprise_of(event, ground.events, ground.playbook) for event in near]
    extreme = [one.text for one in found if one is not None and one.is_extreme]
    if extreme:
        return Says.ON, "; ".join(extreme)
    if any(one is None for one in found):
        missing = ", ".join(f"{e.kind} of {e.day}" for e, one in zip(near, found, strict=True) if one is None)
        return Says.UNKNOWN, f"{missing}: actual or consensus is not known"
    return Says.OFF, "; ".join(one.text for one in found if one is not None) + ": not extreme"


def exit_rule_two(ground: Ground) -> Situation:
    """002: the yield curve steepens by curve.steepen within curve.sessions."""
    limit, sessions = ground.playbook.number("curve.steepen"), ground.playbook.count("curve.sessions")
    told = f"10-year less 2-year or 3-month yield, {limit:g} bp in {sessions} sessions"
    names = (EXIT_TWO, "Exit Rule Two: the yield curve steepens", "002")
    return _of_words(ground, names, ground.words("curve_steepening"), told)


def breadth_minor(ground: Ground) -> Situation:
    """004: a divergence of minor grade, not more."""
    minor, moderate = ground.words("ad_minor"), ground.words("ad_moderate")
    only = all_of([minor, np.where(moderate == UNKNOWN, UNKNOWN, ON - moderate).astype(np.int8)])
    return _of_words(ground, (BREADTH_MINOR, "A/D divergence, minor", "004"), only, _breadth(ground))


def next_layer(ground: Ground) -> Situation:
    """004: a divergence of moderate grade or more asks for the next layer; the condor stays as it is."""
    names = (NEXT_LAYER, "A/D divergence, moderate or more", "004")
    return _of_words(ground, names, ground.words("ad_moderate"), _breadth(ground))


def shrink_first(ground: Ground) -> Situation:
    """004: a pronounced divergence while CPI or PPI rises: shrinking may come first (if ad.shrink)."""
    title = "A/D divergence, pronounced, and CPI or PPI rising"
    if not ground.playbook.flag("ad.shrink"):
        return Situation(SHRINK_FIRST, title, Says.OFF, "ad.shrink is off in the playbook", "004")
    rising = [ground.rising.get(kind) for kind in ("CPI", "PPI")]
    word = ON if True in rising else UNKNOWN if None in rising else OFF
    told = ", ".join(f"{kind} {_rising(ground.rising.get(kind))}" for kind in ("CPI", "PPI"))
    pronounced = ground.words("ad_pronounced")
    both = all_of([pronounced, np.full(len(pronounced), word, np.int8)])
    return _of_words(ground, (SHRINK_FIRST, title, "004"), both, f"{_breadth(ground)}; {told}")


def rv_above_iv(ground: Ground) -> Situation:
    """004: realised volatility far above implied allows shrinking; else theta still favours the condor."""
    words = ground.words("rv_above_iv")
    names = (RV_ABOVE_IV, "realised volatility above implied", "004")
    limit = ground.playbook.number("rv_iv.shrink")
    told = f"realised above implied by more than {limit:g} %"
    if word_at_end(words) == OFF:
        told = f"realised is not {limit:g} % above implied: theta still favours the condor, do not shrink"
    return _of_words(ground, names, words, told)


def harvest(ground: Ground) -> Situation:
    """000 (Big Top "Temporal Theta" Cash Press): EDR falls three closes, VIX below its mean, theta is earned.

    Seed 000 promises; here it is a card that says the window is open, and what a day earns.
    """
    title = "harvest window: EDR falls, VIX below its mean"
    if ground.last < FALLING_CLOSES:
        return Situation(HARVEST, title, Says.UNKNOWN, "too few closes", "000")
    measured = ground.past.measured
    edr = measured.edr_pct[-FALLING_CLOSES - 1 :]
    lead = float(measured.vix[-1] - measured.vix_sma20[-1])
    if not np.isfinite(edr).all() or not np.isfinite(lead):
        return Situation(HARVEST, title, Says.UNKNOWN, "EDR or the mean of VIX is not known at each close", "000")
    falls, is_below = bool((np.diff(edr) < 0).all()), lead < 0
    told = f"EDR {edr[0]:.3f} to {edr[-1]:.3f} % over {FALLING_CLOSES} closes; VIX {lead:+.2f} from its mean"
    says = Says.ON if falls and is_below else Says.OFF
    at = ground.last
    since, begins = (ground.day(at), ground.close_s(at)) if says is Says.ON else (None, 0.0)
    return Situation(HARVEST, title, says, told, "000", since, begins)


ROWS: tuple[Callable[[Ground], Situation], ...] = (
    innermost,
    exit_rule_one,
    exit_rule_two,
    breadth_minor,
    next_layer,
    shrink_first,
    rv_above_iv,
    harvest,
    stable,
    temporary,
)


def _of_words(ground: Ground, names: tuple[str, str, str], words: Words, told: str) -> Situation:
    key, title, source = names
    begins = run_start(words)
    says = SAYS[word_at_end(words)]
    if begins < 0:
        return Situation(key, title, says, told, source)
    return Situation(key, title, says, told, source, ground.day(begins), ground.close_s(begins))


def _told(ground: Ground, rule: str, value: Callable[[Ground], str]) -> str:
    word = word_at_end(ground.words(rule))
    return f"{value(ground)}{' (unknown)' if word == UNKNOWN else ''}"


def _z(ground: Ground) -> str:
    measured = ground.past.measured
    if not len(measured.vix) or not measured.vix_sd20[-1] > 0:
        return "VIX against its mean"
    z = (measured.vix[-1] - measured.vix_sma20[-1]) / measured.vix_sd20[-1]
    return f"VIX z {z:+.2f}, limit {ground.playbook.number('vix.roll_z'):g}"


def _rsi(ground: Ground) -> str:
    found = ground.past.measured.rsi_vix
    shown = f"{found[-1]:.1f}" if len(found) and np.isfinite(found[-1]) else "unknown"
    return f"RSI(VIX) {shown}, limit {ground.playbook.number('rsi.vix_high'):g}"


def _breadth(ground: Ground) -> str:
    found = ground.past.measured.divergence_d
    shown = f"{found[-1]:.2f} SD" if len(found) and np.isfinite(found[-1]) else "unknown"
    return f"A/D against SPX: d {shown}"


def _rising(word: bool | None) -> str:
    return {None: "not known", True: "rising", False: "not rising"}[word]
