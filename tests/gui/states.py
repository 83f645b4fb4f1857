"""Which states do the panes' tests show? Records as the monitor makes them, written out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np

from core.market.calendar import SessionCalendar
from core.market.figure import Figure, Input, known, unknown
from core.market.times import new_york
from core.playbook.verdict import PositionState, Says, Trigger, Verdict
from core.positions.book import Book, Condor, Layer
from core.positions.leg import DatedFill, parse_fill
from core.state import (
    Alert,
    CondorState,
    DivergenceState,
    LadderState,
    LayerLegState,
    LayerState,
    MonitorState,
    ShortDistance,
)
from core.valuation.break_evens import BreakEvens, HedgeLegBreakEven, Zone

if TYPE_CHECKING:
    from core.state import Past

NOW = datetime(2018, 2, 2, 19, 5, tzinfo=UTC)
OPENED = datetime(2018, 1, 12, 15, 30, tzinfo=UTC)
MARCH = date(2018, 3, 16)
HOLIDAYS_2018 = ("2018-01-01", "2018-01-15", "2018-02-19", "2018-03-30", "2018-05-28", "2018-07-04", "2018-09-03")


@cache
def sessions_of_2018() -> SessionCalendar:
    """Return the weekdays of 2018 up to October less the NYSE holidays, all from 9:30 to 16:00."""
    days = np.arange(np.datetime64("2017-12-18"), np.datetime64("2018-11-01"))
    closed = np.array([*HOLIDAYS_2018, "2017-12-25"], dtype="datetime64[D]")
    days = days[np.is_busday(days, holidays=closed)]
    closes = np.array([int(new_york(day.item()).timestamp()) for day in days])
    return SessionCalendar(days, closes - 23_400, closes)


def fill(text: str, when: datetime = OPENED, seq: int = 2) -> DatedFill:
    """Return an opening fill written as a leg."""
    return DatedFill(parse_fill(text), when, seq, "open")


def condor(number: int, quantity: int, strikes: tuple[int, ...], expiry: date, credit: str) -> Condor:
    """Return an open SPX condor; strikes ascend, the credit is a condor's, in points."""
    signs, rights = (1, -1, -1, 1), ("P", "P", "C", "C")
    fills = tuple(
        fill(f"{sign * quantity:+d} SPX {expiry} {right} {strike} @ 0", seq=number + 1)
        for sign, right, strike in zip(signs, rights, strikes, strict=True)
    )
    cash = Decimal(credit) * 100 * quantity
    return Condor(fills, cash, Decimal("10.40"), OPENED, (), number, "SPX", expiry)


def layer(number: int, condor_id: int | None, *legs: str, cash: str) -> Layer:
    """Return an open layer; cash in dollars, negative paid."""
    fills = tuple(fill(text, seq=10 + number) for text in legs)
    return Layer(fills, Decimal(cash), Decimal("2.60"), OPENED, (), number, condor_id)


CONDOR_1 = condor(1, 2, (2550, 2600, 2875, 2925), MARCH, "13.42")
CONDOR_2 = condor(2, 1, (2450, 2500, 2900, 2950), date(2018, 4, 20), "11.80")
LAYER_1 = layer(1, 1, "+4 VIX 2018-03-21 C 19 @ 1.90", cash="-760")
LAYER_2 = layer(2, 1, "+4 VIX 2018-04-18 C 20 @ 2.32", "-4 VIX 2018-04-18 C 35 @ 0.45", cash="-748")
LAYER_4 = layer(4, None, "+1 VX 2018-05-16 @ 15.10", cash="0")
BOOK = Book(
    {1: CONDOR_1, 2: CONDOR_2},
    {(1, 1): LAYER_1, (2, 1): LAYER_2, (4, None): LAYER_4},
    last_seq=14,
    last_hash="5f" * 32,
)


def quoted(name: str, value: float, unit: str, age_s: float = 4.0) -> Figure:
    """Return a figure from a quote some seconds old."""
    source = Input(name, value, unit, NOW - timedelta(seconds=age_s), "typed", age_s)
    return replace(known(value, unit, f"last quote of {name}", (source,)), is_provisional=True)


def distance(side: str, level: float, spx: float, edr_points: float) -> ShortDistance:
    """Return how far a level is from SPX, worked out here by hand."""
    points = level - spx if "call" in side else spx - level
    return ShortDistance(
        side,
        level,
        known(points, "points", "distance from SPX"),
        known(100 * points / spx, "%", "distance / SPX"),
        known(points / edr_points, "EDR", "distance / EDR points"),
    )


def break_evens(*points: float, kinds: str) -> BreakEvens:
    """Return break-evens with a zone for each letter of `kinds`: p profit, l loss."""
    edges = (None, *points, None)
    words = {"p": "profit", "l": "loss"}
    zones = tuple(
        Zone(words[kind], low, high, 1342.0 if kind == "p" else 0.0, 0.0 if kind == "p" else -3658.0)
        for kind, low, high in zip(kinds, edges[:-1], edges[1:], strict=True)
    )
    return BreakEvens(MARCH, tuple(points), zones, notes=("rate 1.5 % assumed",))


SPX, EDR_POINTS = 2762.13, 28.17
CONDOR_STATES = (
    CondorState(
        CONDOR_1,
        "open",
        known(42, "days", "calendar days to expiry"),
        known(-7316.0, "$", "widest wing less credit, x 100 x quantity"),
        break_evens(2586.58, 2888.42, kinds="lpl"),
        break_evens(2311.96, 2577.53, 2880.82, kinds="plpl"),
        (distance("short_put", 2600, SPX, EDR_POINTS), distance("short_call", 2875, SPX, EDR_POINTS)),
        distance("call side", 2880.82, SPX, EDR_POINTS),
    ),
    CondorState(
        CONDOR_2,
        "open",
        known(77, "days", "calendar days to expiry"),
        known(-3820.0, "$", "widest wing less credit, x 100 x quantity"),
        break_evens(2488.2, 2911.8, kinds="lpl"),
        break_evens(2488.2, 2911.8, kinds="lpl"),
        (distance("short_put", 2500, SPX, EDR_POINTS), distance("short_call", 2900, SPX, EDR_POINTS)),
        distance("call side", 2911.8, SPX, EDR_POINTS),
    ),
)
CLOSE_OF_FEBRUARY_1 = new_york(date(2018, 2, 1))


def rule(name: str, says: Says, reason: str, part: str, **more: object) -> Verdict:
    """Return a verdict whose one input is the last close."""
    value = cast("float | None", more.get("value"))
    source = Input("VIX", value, "", CLOSE_OF_FEBRUARY_1, "daily closes", 79_500.0)
    return Verdict(name, says, reason, part, inputs=(source,), **more)  # type: ignore[arg-type]


MACD_ON = rule(
    "macd_bullish", Says.ON, "MACD of VIX 0.61 is 0.17 above its signal 0.44, crossed 2 sessions ago", "confirms",
    value=0.17, threshold=0.0, distance=-0.17, unit="points", source="000",
)  # fmt: skip
MACD_OFF = rule(
    "macd_bullish", Says.OFF, "MACD of VIX 0.38 is 0.06 below its signal 0.44", "confirms",
    value=-0.06, threshold=0.0, distance=0.06, unit="points", source="000",
)  # fmt: skip
RSI_OFF = rule(
    "rsi_vix_block", Says.OFF, "RSI of VIX 66.2 is 3.8 below 70", "blocks",
    value=66.2, threshold=70.0, distance=3.8, source="002",
)  # fmt: skip
RSI_BLOCKS = rule(
    "rsi_vix_block", Says.BLOCKED, "RSI of VIX 74.0 is 4.0 above 70", "blocks",
    value=74.0, threshold=70.0, distance=-4.0, source="002",
)  # fmt: skip


def rung_rule(level: float, says: Says) -> Verdict:
    """Return the word of a layer's own rung at EDR 1.02 %."""
    beside = "above" if level < 1.02 else "below"
    reason = f"EDR 1.02 % is {abs(level - 1.02):.2f} {beside} rung {level:.2f}"
    return rule(
        "edr_rung",
        says,
        reason,
        "arms",
        value=1.02,
        threshold=level,
        distance=level - 1.02,
        unit="%",
        source="000",
    )


def junction(word: str, says: Says, part: str, *children: Verdict) -> Verdict:
    """Return the word of an and/or tree."""
    same = "; ".join(child.reason for child in children if child.says is says)
    return Verdict(word, says, f"{word} of: {same}", part, children=children)


AD_ON = rule(
    "ad_divergence", Says.ON, "bearish divergence for 6 sessions, moderate", "arms",
    value=1.31, threshold=1.0, distance=-0.31, unit="SD", source="004",
)  # fmt: skip
SPX_RSI_OFF = rule(
    "rsi_spx_low", Says.OFF, "RSI of SPX 48.1 is 13.1 above 35", "arms",
    value=48.1, threshold=35.0, distance=-13.1, source="001",
)  # fmt: skip
CURVE_ON = rule(
    "backwardation", Says.ON, "VX1 16.48 is 4.8 % above VX2 15.72, limit 3 %", "arms",
    value=4.77, threshold=3.0, distance=-1.77, unit="%", source="001",
)  # fmt: skip
REGIME_UNKNOWN = Verdict(
    "regime_shift", Says.UNKNOWN, "0 of 4 signs of a regime shift, 2 needed, 1 unknown", "arms", value=0.0,
    threshold=2.0, distance=2.0, source="assumption",
    children=(
        rule("rv_above_iv", Says.UNKNOWN, "realised volatility is unknown: no close for 2018-01-24", "arms"),
    ),
)  # fmt: skip
WHY_1 = (junction("any", Says.ON, "arms", rung_rule(0.90, Says.ON), AD_ON), MACD_ON, RSI_OFF)
WHY_2 = (
    junction(
        "any",
        Says.ON,
        "arms",
        rung_rule(0.95, Says.ON),
        junction("all", Says.OFF, "arms", SPX_RSI_OFF, CURVE_ON),
    ),
    MACD_OFF,
    RSI_OFF,
)
WHY_3 = (
    junction("any", Says.UNKNOWN, "arms", rung_rule(1.00, Says.UNKNOWN), REGIME_UNKNOWN),
    MACD_ON,
    RSI_BLOCKS,
)
WHY_4 = (rung_rule(1.05, Says.OFF), MACD_ON, RSI_OFF)


def leg_state(text: str, vix: float, spx: float) -> LayerLegState:
    """Return a hedge leg's break-evens."""
    formula = "strike + premium"
    return LayerLegState(
        text, HedgeLegBreakEven(known(vix, "points", formula), known(spx, "points", "response map"))
    )


LAYER_STATES = (
    LayerState(
        1, "L1 inner", Trigger.CONFIRMED, "EDR rung 1 crossed and confirmed by MACD(VIX)", date(2018, 1, 30),
        None, PositionState.LIVE, WHY_1, (LAYER_1,), (leg_state(LAYER_1.legs[0].text, 20.9, 2702.4),),
    ),
    LayerState(
        2, "L2 middle", Trigger.ARMED, "EDR rung 2 crossed; MACD(VIX) has not confirmed", date(2018, 2, 1),
        Trigger.CONFIRMED, PositionState.LIVE, WHY_2, (LAYER_2,),
        (
            leg_state(LAYER_2.legs[0].text, 22.32, 2655.0),
            LayerLegState(
                LAYER_2.legs[1].text,
                HedgeLegBreakEven(unknown("a short leg", "points"), unknown("a short leg", "points")),
            ),
        ),
        ((leg_state("whole", 21.88, 2670.5).break_even,),),  # 20 + (748 + 2.60) / 400
    ),
    LayerState(
        3, "L3 outer", Trigger.UNKNOWN, "HV20 has no close for 2018-01-24", None,
        None, PositionState.NONE, WHY_3, (), (),
    ),
    LayerState(
        4, "L4 last rung", Trigger.OFF, "EDR rung 4 (1.05 %) has not been crossed", None,
        None, PositionState.LIVE, WHY_4, (LAYER_4,), (leg_state(LAYER_4.legs[0].text, 15.1, 2790.0),),
    ),
)  # fmt: skip

EDR = replace(
    known(
        1.02,
        "%",
        "EDR A = m (0.60 VIX9D + 0.40 HV20) / sqrt(252), % of SPX, 1 sigma close",
        (
            Input("VIX9D", 17.86, "% a year", NOW, "live session", 4.0, "VIX9D = VIX x 1.0318, the daily ratio"),
            Input("HV20", 10.9, "% a year", NOW, "live session", 4.0),
        ),
    ),
    is_provisional=True,
)
STATE = MonitorState(
    as_of=NOW,
    is_simulated=False,
    playbook_name="composite",
    playbook_hash="ab" * 32,
    spx=quoted("SPX", SPX, "points"),
    vix=quoted("VIX", 17.31, "points", 12.0),
    edr=EDR,
    edr_points=replace(known(EDR_POINTS, "points", "EDR % x SPX / 100"), is_provisional=True),
    edr_formula="A",
    edr_zone="amber",
    ladder=LadderState(
        known(3, "", "rungs crossed"),
        known(75, "%", "base x rungs, capped"),
        known(60, "%", "base x (EDR - 0.9) / 0.05, capped"),
        known(85, "%", "base + layer depth, capped"),
        known(1.05, "%", "the next rung"),
        known(0.03, "%", "next rung - EDR"),
    ),
    vix_indicators={
        "sma20": known(11.04, "points"),
        "macd": known(0.61, "points"),
        "macd_signal": known(0.44, "points"),
        "rsi14": known(66.2, ""),
    },
    spx_indicators={"rsi14": known(48.1, ""), "hv20_pct": known(10.9, "%")},
    universe="SP500",
    ad_line=known(15_433, "issues", "sum of advances - declines"),
    rana=known(-0.42, "", "(advances - declines) / (advances + declines)"),
    divergence=DivergenceState("bearish", "moderate", known(1.31, ""), known(6, "sessions", "length of the run")),
    curve={
        "vx1": known(16.475, "points", "first VX future, settlement"),
        "vx2": known(15.725, "points", "second VX future, settlement"),
        "backwardation_pct": known(4.77, "%", "VX1/VX2 - 1"),
        "rule_backwardation_pct": known(4.77, "%", "VX1/VX2 - 1"),
    },
    curve_points=((date(2018, 2, 14), 16.475), (date(2018, 3, 21), 15.725)),
    layers=LAYER_STATES,
    condors=CONDOR_STATES,
    book_break_evens=break_evens(2311.96, 2560.11, 2884.35, kinds="plpl"),
    alerts=(Alert("rung:3", "EDR crossed rung 3", "1.02 % is above 1.00 %", NOW),),
    oldest_age_s=12.0,
    oldest_input="VIX",
    past=cast("Past", None),  # the panes under test never look at the past
)


def stale_state() -> MonitorState:
    """Return the state half an hour after the last quote of VIX: what depends on it is unknown."""
    reason = "VIX: last quote is 31 min old, older than 30 min"
    missing = unknown(reason, "%")
    return replace(
        STATE,
        vix=unknown(reason, "points"),
        edr=missing,
        edr_points=unknown(reason, "points"),
        edr_zone="",
        ladder=LadderState(*(missing for _ in range(6))),
        vix_indicators={name: unknown(reason) for name in STATE.vix_indicators},
        divergence=DivergenceState("", "", unknown("no breadth imported"), unknown("no breadth imported")),
        curve={name: unknown("VX1: no settlement for 2018-02-01", "points") for name in STATE.curve},
        condors=(),
        oldest_age_s=1860.0,
        oldest_input="VIX",
    )


def simulated_state() -> MonitorState:
    """Return a simulated market whose EDR is far up the ladder and whose quotes have turned amber."""
    return replace(
        STATE,
        is_simulated=True,
        spx=replace(STATE.spx, is_amber=True),
        edr=replace(EDR, value=2.05),
        edr_points=known(54.3, "points"),
        edr_zone="red",
        ladder=replace(STATE.ladder, rung=known(24, ""), next_trigger=known(2.10, "%"), distance=known(0.05, "%")),
        oldest_age_s=95.0,
        oldest_input="SPX",
    )
