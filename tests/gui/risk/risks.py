"""Which risk pictures do the screen's tests show? The worked example of the playbook, its figures written out.

A condor of 4700/4750/5200/5250 for 13.42 points with SPX at 5000 and VIX at 18, and four VIX calls struck at 19
for 1.90. At expiry the condor is its own closed form; the calls are at intrinsic on VIX by the response map.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from core.market.figure import Figure, Input, known, unknown
from core.measures.spot_vol import BASE as BASE_MAP
from core.measures.spot_vol import HIGH as HIGH_MAP
from core.measures.spot_vol import LOW as LOW_MAP
from core.risk_state import (
    BreakEvenComparison,
    EdrBand,
    Gauge,
    GreekRow,
    HeatMap,
    HedgeAlignment,
    LegSource,
    MigrationRow,
    Repricing,
    ResponseZones,
    RiskAsked,
    RiskCurve,
    RiskPoint,
    RiskState,
    SideExtreme,
)
from core.valuation.break_evens import BreakEvens, HedgeLegBreakEven, Zone
from core.valuation.response_map import ASSUMED

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
EXPIRY = NOW + timedelta(days=28)
GRID = np.arange(3500.0, 6000.5, 5.0)
SPX, VIX = 5000.0, 18.0
LEVELS = ((4700.0, 1), (4750.0, -1), (5200.0, -1), (5250.0, 1))
BARE_ROOTS, HEDGED_ROOTS = (4736.58, 5213.42), (4461.96, 4727.53, 5205.82)


def dollars(value: float, formula: str = "worked example of the playbook") -> Figure:
    """Return dollars with an input, as the engine gives them."""
    return known(value, "$", formula, (Input("SPX", SPX, "points", NOW, "typed", 4.0),))


def points(value: float) -> Figure:
    """Return a level or a distance."""
    return known(value, "points", "worked example of the playbook")


def bare_at_expiry(spx: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """Return the condor's dollars at expiry."""
    puts = np.maximum(4700 - spx, 0) - np.maximum(4750 - spx, 0)
    calls = np.maximum(spx - 5250, 0) - np.maximum(spx - 5200, 0)
    return 100 * (13.42 + puts + calls)


def calls_at_expiry(spx: np.ndarray, down: float, up: float) -> np.ndarray:  # type: ignore[type-arg]
    """Return the dollars of four VIX calls struck at 19 for 1.90."""
    b = np.where(spx < SPX, down, up)
    vix = np.clip(VIX * (spx / SPX) ** -b, 9, 90)
    return 400 * (np.maximum(vix - 19, 0) - 1.90)


def zones_of(roots: tuple[float, ...], kinds: str) -> tuple[Zone, ...]:
    """Return the zones between roots."""
    words, edges = {"p": "profit", "l": "loss"}, (None, *roots, None)
    return tuple(
        Zone(words[kind], low, high, 1342.0 if kind == "p" else 0.0, 0.0 if kind == "p" else -3658.0)
        for kind, low, high in zip(kinds, edges[:-1], edges[1:], strict=True)
    )


RESPONSE_ZONES = tuple(
    ResponseZones(name, roots, zones_of(roots, kinds), ())
    for name, roots, kinds in (
        ("low", (4073.52, 4737.80, 5205.82), "plpl"), ("base", HEDGED_ROOTS, "plpl"),
        ("high", (4647.12, 4710.94, 5205.82), "plpl"),
    )
)  # fmt: skip


def curve(key: str, label: str, days: float, squeeze: float, path: tuple[str, ...] = ()) -> RiskCurve:
    """Return a curve: that of the expiry, flattened towards what the legs would bring today."""
    bare = bare_at_expiry(GRID) * squeeze
    hedges = [calls_at_expiry(GRID, one.b_down, one.b_up) for one in (LOW_MAP, BASE_MAP, HIGH_MAP)]
    hedged = np.stack([bare + hedge * (0.4 + 0.6 * squeeze) for hedge in hedges])
    is_expiry = key == "expiry"
    return RiskCurve(
        key,
        label,
        NOW + timedelta(days=days),
        np.stack([bare] * 3),
        hedged,
        break_evens(*BARE_ROOTS, kinds="lpl"),
        break_evens(*(HEDGED_ROOTS if is_expiry else BARE_ROOTS), kinds="plpl" if is_expiry else "lpl"),
        (
            SideExtreme("put", dollars(-2904), 4700.0, dollars(9000), 3500.0),
            SideExtreme("call", dollars(-4418), 5250.0, dollars(582), 5000.0),
        ),
        path,
        responses=RESPONSE_ZONES if is_expiry else (),
    )


def break_evens(*roots: float, kinds: str) -> BreakEvens:
    """Return break-evens with a zone for each letter of `kinds`: p profit, l loss."""
    zones = zones_of(roots, kinds)
    low, high = (4073.52, 4737.80, 5205.82), (4647.12, 4710.94, 5205.82)
    return BreakEvens(EXPIRY.date(), roots, zones, low, high, dollars(-4418), dollars(1342), ("rate assumed",))


CURVES = (
    curve("now", "now", 0, 0.25),
    curve("day", "in one day", 1, 0.30),
    curve("layer:2026-12-16", "16 Dec, VIX expiry", 26, 0.9),
    curve("expiry", "expiry 2026-12-18", 28, 1.0, ("+4 VIX 2026-12-16 C 19",)),
)
MIGRATION = (
    MigrationRow(
        "bare", (), break_evens(*BARE_ROOTS, kinds="lpl"), points(0), points(0), dollars(0),
        unknown("no layer", "$"), dollars(-3658), 4700.0, "put", "the condors alone",
    ),
    MigrationRow(
        "+L1", (1,), break_evens(*HEDGED_ROOTS, kinds="plpl"), points(9.05), points(-7.60), dollars(760),
        known(83.98, "$ / point", "paid / points gained"), dollars(-4418), 5250.0, "call",
        "put side 9.05 points further; call side 7.60 points nearer; least P/L -$760 worse, now on the call side",
    ),
)  # fmt: skip
_HEAT_SPX, _HEAT_VIX = np.linspace(4000, 5600, 81), np.linspace(9, 60, 52)
HEAT = HeatMap(
    "expiry", "expiry 2026-12-18", EXPIRY, _HEAT_SPX, _HEAT_VIX,
    bare_at_expiry(_HEAT_SPX) + 400 * (np.maximum(_HEAT_VIX - 19, 0) - 1.90)[:, None],
    np.stack([np.clip(VIX * (_HEAT_SPX / SPX) ** -b, 9, 90) for b in (2.5, 4.5, 7.0)]),
    20,
    SPX * np.exp(np.linspace(-0.15, 0.08, 240)),
    VIX * np.exp(-4.5 * np.linspace(-0.15, 0.08, 240) + 0.2 * np.sin(np.arange(240))),
    date(1990, 1, 2), date(2026, 11, 20),
)  # fmt: skip
GAUGES = (
    Gauge("delta", "SPX -1 %", dollars(-182), dollars(-250), dollars(250), True, "2.5 % of equity"),
    Gauge(
        "delta_condor", "delta a condor", known(0.18, "contracts"), known(-0.15, "contracts"),
        known(0.15, "contracts"), False, "playbook 2.1: 0.15 a condor",
    ),
    Gauge("vega", "VIX +1 point", dollars(64), dollars(-120), None, True, "-1,200 $ per $100k"),
    Gauge(
        "offset", "vega offset", known(142, "%"), known(60, "%"), known(70, "%"), False,
        "60 to 70 % of the short vega",
    ),
    Gauge("theta", "a day", dollars(31), None, None, None, "no bound in the seeds"),
)  # fmt: skip
GREEKS = tuple(
    GreekRow(group, name, *(dollars(value * scale) for value in (-420, 182, -31, 64, 31)))
    for group, name, scale in (
        ("book", "whole book", 1.0), ("condors", "condors", 1.6), ("layer", "L1 inner", -0.6),
        ("expiry", "2026-12-16", -0.6), ("expiry", "2026-12-18", 1.6),
    )
)  # fmt: skip
REPRICING = tuple(
    Repricing(vix, points(spx), dollars(bare), {1: dollars(hedge)}, dollars(bare + hedge))
    for vix, spx, bare, hedge in (
        (25, 4648, -2100, 990), (35, 4313, -3400, 2800), (50, 3984, -3650, 5300), (80, 3590, -3658, 9900),
    )
)  # fmt: skip
ALIGNMENTS = (
    HedgeAlignment(
        1, None, "+4 VIX 2026-12-16 C 19", HedgeLegBreakEven(points(20.9), points(4836.7)),
        known(2.73, "", "(SPX break-even - long put) / (short put - long put)"), False, points(22.17),
    ),
)  # fmt: skip
TERMS = ("delta", "gamma", "vega", "theta", "rest")
COMPARISONS = tuple(
    BreakEvenComparison(
        side, root, dollars(gain), {name: dollars(gain / 5) for name in TERMS},
        points(first), full, full, full,
    )
    for side, root, gain, first, full in (
        ("put", 4736.58, 640.0, 4730.18, HEDGED_ROOTS[:2]), ("call", 5213.42, -760.0, 5205.82, HEDGED_ROOTS[2:]),
    )
)  # fmt: skip
LEGS = (
    LegSource("condor 1", "-1 SPX 2026-12-18 P 4750", points(20.91), known(17.1, "%"), "from the fill",
              points(5013.1), "SPX carried at the rate", known(-0.149, "")),
    LegSource("L1 inner", "+4 VIX 2026-12-16 C 19", points(1.90), unknown("no mark and no chain", "%"),
              "unknown", unknown("no VX future of 2026-12-16", "points"), "unknown", unknown("no forward", "")),
)  # fmt: skip


def risk(asked: RiskAsked | None = None, **changes: object) -> RiskState:
    """Return the worked example as a picture, with some of it changed."""
    state = RiskState(
        as_of=NOW,
        is_simulated=True,
        playbook_name="composite",
        playbook_hash="ab" * 32,
        asked=asked or RiskAsked(),
        spx=points(SPX),
        vix=points(VIX),
        point=RiskPoint(points(SPX), points(VIX), NOW, dollars(120), dollars(-48)),
        spot_vol=ASSUMED,
        edr_bands=tuple(EdrBand(k, 19, SPX - k * 210, SPX + k * 210) for k in (1.0, 1.5, 2.0)),
        grid=GRID,
        curves=CURVES,
        comparisons=COMPARISONS,
        migration=MIGRATION,
        heat=HEAT,
        gauges=GAUGES,
        greeks=GREEKS,
        repricing=REPRICING,
        alignments=ALIGNMENTS,
        legs=LEGS,
        notes=("VIX by the response map of the playbook, assumed", "rate 4.50 % a year: assumed"),
        unknown=("no VX future of 2026-12-16",),
    )
    return replace(state, **changes)  # type: ignore[arg-type]


def nothing_held() -> RiskState:
    """Return the picture of an empty book, as the engine gives it: nothing gained or lost anywhere."""
    zero, none = np.zeros((3, len(GRID))), BreakEvens(None)
    now = replace(CURVES[0], bare=zero, hedged=zero, bare_break_evens=none, break_evens=none, sides=())
    return risk(
        curves=(now,), heat=replace(HEAT, dollars=np.zeros_like(HEAT.dollars)), migration=(), gauges=(), greeks=(),
        repricing=(), alignments=(), legs=(), comparisons=(), unknown=(),
        point=RiskPoint(points(SPX), points(VIX), NOW, dollars(0), dollars(0)),
    )  # fmt: skip


def no_curve() -> RiskState:
    """Return the picture where a VX future is missing: its options, and all that holds them, are unknown."""
    reason = "VIX 2026-12-16 C 19: no VX future of 2026-12-16"
    empty, gone = np.full((3, len(GRID)), np.nan), BreakEvens(EXPIRY.date(), unknown=reason)
    curves = tuple(replace(one, hedged=empty, break_evens=gone, sides=(), unknown=reason) for one in CURVES)
    heat = replace(HEAT, dollars=np.full_like(HEAT.dollars, np.nan), unknown=reason)
    point = RiskPoint(points(SPX), points(VIX), NOW, dollars(120), unknown(reason, "$"))
    return risk(curves=curves, heat=heat, point=point, unknown=(reason,))


def what_if() -> RiskState:
    """Return the picture of a fall to 4800 in ten days under the high response."""
    asked = RiskAsked(spx=4800.0, days=10.0, response="high")
    moved = RiskPoint(points(4800), points(23.9), NOW + timedelta(days=10), dollars(-900), dollars(-420))
    chosen = curve("chosen", "2026-11-30", 10, 0.5)
    return risk(asked, point=moved, curves=(CURVES[0], chosen, *CURVES[2:]))
