"""What does the panel list of a layer? One line for each verdict of its trees, as text, in their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.playbook.rules import RULES
from core.playbook.switch_levels import ASSUMED
from core.playbook.switch_words import switch_text
from gui.formats import input_text, time_text, value_text
from gui.marks import SAYS_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from core.playbook.verdict import Verdict
    from gui.marks import Mark

JUNCTIONS = {"any": "any of these", "all": "all of these"}
PART_WORDS = {"arms": "Arms", "confirms": "Confirms", "blocks": "Blocks"}
ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One line. `depth` 0 begins a part; `mark` says on, off, blocked or unknown by shape and word.

    `origin` is when the oldest input is from, and which seed or assumption the rule is from. `switch` says at
    which EDR, VIX and SPX one close more would turn the rule round, or why no level does.
    """

    depth: int
    title: str
    mark: Mark
    value: str = ""
    threshold: str = ""
    distance: str = ""
    reason: str = ""
    origin: str = ""
    switch: str = ""
    tooltip: str = ""


def rule_words(verdict: Verdict) -> str:
    """Return what a trader calls a rule, or how a junction joins its branches."""
    if verdict.rule in JUNCTIONS:
        return JUNCTIONS[verdict.rule]
    known = RULES.get(verdict.rule)
    return known.title if known is not None else verdict.rule.replace("_", " ")


def why_lines(verdicts: tuple[Verdict, ...], now: datetime) -> tuple[WhyLine, ...]:
    """Return the lines of all parts; times of the day of `now` without their date."""
    return tuple(line for verdict in verdicts for line in _part_lines(verdict, now))


def _part_lines(verdict: Verdict, now: datetime) -> Iterator[WhyLine]:
    """Yield the lines of a part; its first says which part it is."""
    first, *rest = _lines(verdict, 0, now)
    yield replace(first, title=f"{PART_WORDS.get(verdict.part, verdict.part)}: {first.title}")
    yield from rest


def _lines(verdict: Verdict, depth: int, now: datetime) -> Iterator[WhyLine]:
    if verdict.rule in JUNCTIONS:
        yield WhyLine(depth, rule_words(verdict), SAYS_MARKS[verdict.says])
    else:
        yield _rule_line(verdict, depth, now)
    for child in verdict.children:
        yield from _lines(child, depth + 1, now)


def _rule_line(verdict: Verdict, depth: int, now: datetime) -> WhyLine:
    places = decimals_of(verdict)
    return WhyLine(
        depth=depth,
        title=rule_words(verdict),
        mark=SAYS_MARKS[verdict.says],
        value=value_text(verdict.value, verdict.unit, decimals=places),
        threshold=value_text(verdict.threshold, verdict.unit, decimals=places),
        distance=value_text(verdict.distance, verdict.unit, decimals=places, is_signed=True),
        reason=verdict.reason,
        origin=_origin(verdict, now),
        switch=f"Turns {switch_text(verdict.switch)}" if verdict.switch is not None else "",
        tooltip=_tooltip(verdict, now),
    )


def decimals_of(verdict: Verdict) -> int:
    """Return one number of decimals for value, threshold and distance: none for counts."""
    numbers = [number for number in (verdict.value, verdict.threshold) if number is not None]
    if not verdict.unit:
        return 0 if all(number == int(number) for number in numbers) else 1
    return 2


def _origin(verdict: Verdict, now: datetime) -> str:
    times = [part.time for part in verdict.inputs if part.time is not None]
    said = (time_text(min(times), now) if times else "", source_text(verdict.source))
    return ", ".join(part for part in said if part)


def source_text(source: str) -> str:
    """Return where a rule is from: a seed document by its number, or an assumption."""
    return f"seed {source}" if source and source != ASSUMPTION else source


def _tooltip(verdict: Verdict, now: datetime) -> str:
    lines = [f"{rule_words(verdict)}: {verdict.says.value}", verdict.reason]
    lines += [f"  {input_text(part, now)}" for part in verdict.inputs]
    lines += ["distance: threshold less value"] if verdict.distance is not None else []
    lines += [f"turns {switch_text(verdict.switch)}", ASSUMED] if verdict.switch is not None else []
    lines += [f"from {source_text(verdict.source)}"] if verdict.source else []
    return "\n".join(line for line in lines if line)
