"""Which parameters say how large the hedge is? Ladder, layers, regime bands, budgets and the engine's choices."""

from __future__ import annotations

from core.playbook.parameter import ASSUMPTION, Parameter, count, flag, number, text

SIZING_RULES = ("composite", "ladder", "budget", "regime", "static", "breadth", "contracts")
STRESS_EXPIRY, STRESS_DAY = "expiry", "day"
ALIGNED, BY_DELTA = "aligned", "delta"
FORMS = CALL, SPREAD = "call", "spread"
NOTIONAL_BASES = ("account", "spx", "max-loss")

LADDER = (
    number("ladder.start", 0.90, (0.10, 5.0, "%"), "000", "EDR of the first rung"),
    number("ladder.step", 0.05, (0.01, 1.0, "%"), "000", "EDR between rungs"),
    number("ladder.base", 25.0, (5.0, 50.0, "%"), "000", "coverage of one layer"),
    text("ladder.mode", "steps", ("steps", "continuous"), ASSUMPTION, "coverage that sizing aims at"),
    number("ladder.max_cover", 100.0, (25.0, 150.0, "%"), "000", "coverage is capped here"),
    count("ladder.max_layers", 4, (1, 8, "layers"), "002", "rungs that add coverage"),
    number("ladder.growth", 1.0, (1.0, 1.5, ""), ASSUMPTION, "weight of each layer after the second"),
    number("ladder.hysteresis", 0.03, (0.0, 0.5, "%"), ASSUMPTION, "a rung goes off so far below itself"),
    count("ladder.hysteresis_closes", 2, (1, 20, "closes"), ASSUMPTION, "after so many closes there"),
    number("zones.amber", 0.90, (0.10, 5.0, "%"), "000", "EDR from which the zone is amber"),
    number("zones.red", 1.10, (0.10, 10.0, "%"), ASSUMPTION, "EDR above which it is red"),
    number("zones.marker_edr", 0.94, (0.10, 5.0, "%"), ASSUMPTION, "marker on the EDR chart"),
    number("zones.marker_vix", 16.0, (5.0, 100.0, "points"), ASSUMPTION, "marker on the VIX chart"),
)


def _layer(
    number_of: int, days: float, volatility: float, per_ten: int, form: str = CALL
) -> tuple[Parameter, ...]:
    key = f"layer.{number_of}"
    source = "000" if number_of <= 2 else ASSUMPTION  # 000: short-dated calls, then mid-term spreads
    return (
        flag(f"{key}.enabled", True, "000", f"layer {number_of} is a module of its own, switched on"),
        number(f"{key}.dte", days, (1.0, 730.0, "days"), ASSUMPTION, f"tenor of layer {number_of}"),
        number(
            f"{key}.vol", volatility, (10.0, 400.0, "%"), ASSUMPTION, "volatility of its VIX calls if unquoted"
        ),
        text(f"{key}.form", form, FORMS, source, f"what layer {number_of} buys: one VIX call or a call spread"),
        count(
            f"{key}.per_ten", per_ten, (0, 1000, "contracts"), ASSUMPTION, "of it for 10 condors, rule contracts"
        ),
    )


LAYERS = (
    flag("l1.standing", True, "001", "layer 1 stands at budget.L1 whatever the ladder says"),
    count("layer.min_hold", 3, (0, 60, "sessions"), ASSUMPTION, "an armed layer stays armed at least"),
    *_layer(1, 30.0, 90.0, 4),
    *_layer(2, 110.0, 66.0, 4, SPREAD),
    *_layer(3, 220.0, 55.0, 2),
    *_layer(4, 220.0, 55.0, 0),
)
SIZING = (
    text("sizing.rule", "composite", SIZING_RULES, ASSUMPTION, "which rule sets the target exposure"),
    text("sizing.stress", STRESS_EXPIRY, (STRESS_EXPIRY, STRESS_DAY), ASSUMPTION, "when coverage is measured"),
    text("strike.target", ALIGNED, (ALIGNED, BY_DELTA), "000", "strike whose break-even lies in the put wing, or"),
    number("strike.rho", 0.5, (0.0, 1.0, "rho"), ASSUMPTION, "where in the put wing: 0 long put, 1 short put"),
    number(
        "strike.delta", 0.50, (0.05, 0.95, ""), ASSUMPTION, "delta of the strike if by delta or none is aligned"
    ),
    count("spread.width", 10, (1, 60, "points"), ASSUMPTION, "a call spread sells the call so far above"),
    number("budget.L1", 10.0, (8.0, 12.0, "% of credit"), "001", "premium of layer 1"),
    number("annual.cost_warn", 2.0, (0.1, 20.0, "% of account"), "001", "hedge cost of a year that warns"),
    number("notional.static", 10.0, (0.0, 100.0, "% of notional"), "003", "static reference line"),
    text(
        "notional.base", "account", NOTIONAL_BASES, "003", "notional: as stated, SPX x 100 x condors, or max loss"
    ),
    text("exposure.unit", "delta", ("delta", "premium", "vega"), ASSUMPTION, "unit of hedge exposure"),
    number("excess.tolerance", 20.0, (0.0, 200.0, "%"), ASSUMPTION, "exposure so far above its target is excess"),
    number("ad.layer_low", 10.0, (0.0, 100.0, "% of notional"), "004", "layer on a minor divergence, from"),
    number("ad.layer_high", 15.0, (0.0, 100.0, "% of notional"), "004", "layer on a minor divergence, to"),
    flag("ad.shrink", True, "004", "shrinking may come first if pronounced and CPI or PPI rises"),
    flag(
        "vxth.compare", True, ASSUMPTION, "show the allocation of the Cboe VIX Tail Hedge Index beside the bands"
    ),
)
BANDS = (
    number("regime.low_from", 6.0, (0.0, 100.0, "% of notional"), "003", "hedge in the low band, from"),
    number("regime.low_to", 8.0, (0.0, 100.0, "% of notional"), "003", "hedge in the low band, to"),
    number("regime.middle_from", 12.0, (0.0, 100.0, "% of notional"), "003", "hedge in the middle band, from"),
    number("regime.middle_to", 18.0, (0.0, 100.0, "% of notional"), "003", "hedge in the middle band, to"),
    number("regime.high_from", 25.0, (0.0, 100.0, "% of notional"), "003", "hedge in the high band, from"),
    number("regime.high_to", 35.0, (0.0, 100.0, "% of notional"), "003", "hedge in the high band, to"),
    count("regime.temporary", 20, (1, 250, "sessions"), ASSUMPTION, "the high band's size is reviewed after"),
    number(
        "regime.blend", 0.0, (0.0, 2.0, "points"), ASSUMPTION, "sizes blend so far around a band's limit; 0: no"
    ),
)
