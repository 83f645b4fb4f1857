"""Which cells does the strip have, and what do those of the market say? Pure: a MonitorState in, faces out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.playbook.ladder_text import TOP_TEXT, is_top, rung_text
from gui.formats import (
    PROVISIONAL_MARK,
    UNKNOWN_TEXT,
    age_text,
    figure_role,
    figure_text,
    figure_tooltip,
    number_text,
    time_text,
)
from gui.glance.book_faces import layer_face, nearest_face
from gui.glance.face import Detail, Face, big_text
from gui.marks import DIVERGENCE_MARKS, ZONE_MARKS

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.state import LadderState, MonitorState

EDR_DECIMALS = 3
NO_DIVERGENCE = "none"


def faces_of(state: MonitorState) -> tuple[Face, ...]:
    """Return the cells from left to right; their number and keys are always the same."""
    return (
        _index(
            state,
            "SPX",
            state.spx,
            {"RSI": state.spx_indicators["rsi14"], "HV20": state.spx_indicators["hv20_pct"]},
        ),
        _index(
            state, "VIX", state.vix, {"mean": state.vix_indicators["sma20"], "RSI": state.vix_indicators["rsi14"]}
        ),
        _edr(state),
        _breadth(state),
        _curve(state),
        *(layer_face(layer) for layer in state.layers),
        nearest_face(state),
        _age(state),
    )


def _tips(state: MonitorState, figures: dict[str, Figure]) -> str:
    """Return the full explanations of the named figures."""
    return "\n\n".join(figure_tooltip(figure, name, state.as_of) for name, figure in figures.items())


def _index(state: MonitorState, name: str, figure: Figure, below: dict[str, Figure]) -> Face:
    """Return the cell of an index: its value, and two indicators below or the reason why it is unknown."""
    tooltip = _tips(state, {name: figure} | {f"{name} {word}": item for word, item in below.items()})
    tooltip += _today_tip(state, name)
    if not figure.is_known:
        return Face(name.lower(), name, UNKNOWN_TEXT, tooltip=tooltip, role="unknown", reason=figure.unknown)
    details = tuple(
        Detail(f"{word} {figure_text(item, decimals=2 if word == 'mean' else 1, has_unit=item.unit == '%')}")
        for word, item in below.items()
    )
    return Face(name.lower(), name, big_text(figure), "", details, tooltip, figure_role(figure))


def _today_tip(state: MonitorState, name: str) -> str:
    """Return the bar of the session in progress as lines of the tooltip, "" where there is none."""
    bar = state.today.get(name)
    if bar is None:
        return ""
    if not bar.quotes:
        return f"\n\nToday: {bar.last.unknown}"
    parts = {"open": bar.open, "high": bar.high, "low": bar.low, "last": bar.last}
    said = ", ".join(f"{word} {figure_text(figure, has_unit=False)}" for word, figure in parts.items())
    return f"\n\nSession of {bar.day} so far: {said}, from {bar.quotes} quote{'s' if bar.quotes > 1 else ''}"


def _edr(state: MonitorState) -> Face:
    edr, points, ladder = state.edr, state.edr_points, state.ladder
    tooltip = _tips(
        state,
        {
            "EDR": edr,
            "EDR in points": points,
            "rung": ladder.rung,
            "coverage": ladder.coverage,
            "next rung": ladder.next_trigger,
            "distance": ladder.distance,
        },
    )
    caption = f"EDR {state.edr_formula}"
    if not edr.is_known:
        return Face("edr", caption, UNKNOWN_TEXT, tooltip=tooltip, role="unknown", reason=edr.unknown)
    zone = ZONE_MARKS[state.edr_zone]
    details = (Detail(f"{zone.word} zone, {_rung(ladder)}", zone, zone.role), Detail(_next(ladder), role="text"))
    unit = f"%   {number_text(points.value, 1)} pts"
    return Face("edr", caption, big_text(edr, EDR_DECIMALS), unit, details, tooltip, figure_role(edr), zone)


def _rung(ladder: LadderState) -> str:
    rung, mark = ladder.rung, PROVISIONAL_MARK if ladder.rung.is_provisional else ""
    return "rung unknown" if rung.value is None else rung_text(rung.value, mark)


def _next(ladder: LadderState) -> str:
    """Return how far the next rung is; above the last layer's there is none to wait for."""
    if ladder.rung.value is not None and is_top(ladder.rung.value):
        return TOP_TEXT
    return f"next {figure_text(ladder.next_trigger)} in {figure_text(ladder.distance, decimals=EDR_DECIMALS)}"


def _breadth(state: MonitorState) -> Face:
    found = state.divergence
    tooltip = _tips(
        state,
        {
            f"A/D line {state.universe}": state.ad_line,
            "RANA": state.rana,
            "divergence d": found.d,
            "divergence run": found.sessions,
        },
    )
    caption = f"A/D {state.universe}".strip()
    if not found.kind:
        reason = found.sessions.unknown
        return Face("breadth", caption, UNKNOWN_TEXT, tooltip=tooltip, role="unknown", reason=reason)
    mark = DIVERGENCE_MARKS[found.kind]
    is_none = found.kind == NO_DIVERGENCE
    grade = "no divergence" if is_none else found.grade or "grade unknown"
    below = f"RANA {figure_text(state.rana, is_signed=True)}" if is_none else figure_text(found.sessions)
    details = (Detail(grade, role="text"), Detail(below))
    role = "text" if is_none else mark.role
    return Face("breadth", caption, mark.word, "", details, tooltip, role, mark)


def _curve(state: MonitorState) -> Face:
    raw, by_rule = state.curve["backwardation_pct"], state.curve["rule_backwardation_pct"]
    first, second = state.curve["vx1"], state.curve["vx2"]
    tooltip = _tips(state, {"VX1": first, "VX2": second, "VX1/VX2 - 1, raw": raw, "by rule": by_rule})
    if raw.value is None:
        return Face("curve", "VX1/VX2", UNKNOWN_TEXT, tooltip=tooltip, role="unknown", reason=raw.unknown)
    pair = f"{figure_text(first, has_unit=False)} / {figure_text(second, has_unit=False)}"
    word = "backwardation" if raw.value > 0 else "contango" if raw.value < 0 else "flat"
    rule = f"by rule {figure_text(by_rule, decimals=1, is_signed=True)}"
    role = "loss" if raw.value > 0 and not raw.is_amber else figure_role(raw)
    details = (Detail(rule, role="text"), Detail(pair))
    return Face("curve", "VX1/VX2 raw", big_text(raw, 1, is_signed=True), f"% {word}", details, tooltip, role)


def _age(state: MonitorState) -> Face:
    """Return the age of the oldest input: red where a figure is unknown, amber where one is old."""
    key_figures = (state.spx, state.vix, state.edr)
    is_red = state.oldest_age_s is None or any(not figure.is_known for figure in key_figures)
    is_amber = any(figure.is_amber for figure in (*key_figures, *state.curve.values()))
    role, word, zone = ("red", "stale", "red") if is_red else ("amber", "old", "amber") if is_amber else _FRESH
    mark = ZONE_MARKS[zone]
    lines = [f"oldest input: {state.oldest_input or 'none'}, {age_text(state.oldest_age_s)}"]
    lines += [f"as of {time_text(state.as_of)}"]
    lines += [figure.unknown for figure in key_figures if not figure.is_known]
    lines += [f"not shown: {reason}" for reason in state.quotes_refused]
    details = (Detail(word, mark, mark.role), Detail(time_text(state.as_of)))
    return Face(
        "age", "oldest input", age_text(state.oldest_age_s), state.oldest_input, details, "\n".join(lines), role
    )


_FRESH = ("text", "fresh", "green")
