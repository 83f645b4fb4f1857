"""Are the further figures those of the closes and quotes of the moment, and does each unknown say why?"""

import math
from dataclasses import replace

import numpy as np
import pytest

from core.market.figure import Figure
from core.monitor.evaluate import evaluate
from core.monitor.record import status_record
from core.state import MoreFigures
from tests.core.monitor.scene import (
    SESSIONS,
    close_of,
    facts,
    hv20,
    market,
    open_of,
    quote,
    state,
    with_columns,
    with_last,
)

LAST = SESSIONS - 1
AFTER = close_of(LAST, 60)


def more(*quotes: object, now: object = AFTER, **options: object) -> MoreFigures:
    found = state(now, *quotes, **options).more  # type: ignore[arg-type]
    assert found is not None
    return found


def with_bars(history: object = None) -> object:
    """Return the market with bars of SPX: 1 % above and below the close, opened at the close before."""
    chosen = history or market()
    close = chosen.column("SPX")
    opened = np.concatenate((close[:1], close[:-1]))
    high, low = 1.01 * np.maximum(opened, close), 0.99 * np.minimum(opened, close)
    return with_columns(chosen, **{"SPX.open": opened, "SPX.high": high, "SPX.low": low})


def test_five_volatilities_of_the_last_twenty_bars() -> None:
    history = with_bars()
    found = more(history=history).realised
    closes, opens, highs, lows = (history.column(f"SPX{name}")[-20:] for name in ("", ".open", ".high", ".low"))
    parkinson = sum(math.log(h / low) ** 2 for h, low in zip(highs, lows, strict=True)) / (20 * 4 * math.log(2))
    bodies = [math.log(c / o) for c, o in zip(closes, opens, strict=True)]
    spreads = [math.log(h / low) for h, low in zip(highs, lows, strict=True)]
    garman = sum(0.5 * s * s - 0.386294361 * b * b for s, b in zip(spreads, bodies, strict=True)) / 20
    assert found["close_close_pct"].value == pytest.approx(hv20(history.column("SPX")))
    assert found["parkinson_pct"].value == pytest.approx(math.sqrt(parkinson * 252) * 100)
    assert found["garman_klass_pct"].value == pytest.approx(math.sqrt(garman * 252) * 100)
    assert list(found) == [
        "close_close_pct",
        "parkinson_pct",
        "garman_klass_pct",
        "rogers_satchell_pct",
        "yang_zhang_pct",
    ]
    assert all(figure.is_known and figure.formula for figure in found.values())
    assert "stale prints" in found["yang_zhang_pct"].note
    assert [one.name for one in found["parkinson_pct"].inputs] == ["SPX.open", "SPX.high", "SPX.low", "SPX"]


def test_without_bars_the_reason_names_what_is_missing() -> None:
    found = more().realised
    assert found["parkinson_pct"].unknown == "no SPX.open was imported"
    high = with_bars().column("SPX.high").copy()
    high[LAST - 3] = np.nan
    day = market().days[LAST - 3]
    gone = more(history=with_columns(with_bars(), **{"SPX.high": high})).realised["parkinson_pct"]
    assert gone.unknown == f"no SPX.high on {day}, and 20 sessions in a row are needed"


def test_the_expected_move_and_range_beside_edr() -> None:
    shown = state(AFTER)
    found = shown.more
    assert found is not None
    edr, points = shown.edr.value, shown.edr_points.value
    assert edr is not None
    assert points is not None
    assert found.expected["range_pct"].value == pytest.approx(edr * math.sqrt(8 / math.pi))
    assert found.expected["range_points"].value == pytest.approx(points * 1.5957691)
    assert found.expected["move_points"].value == pytest.approx(points * 0.7978846)
    assert found.expected["move_pct"].unit == "%"
    unknown = more(history=with_columns(market(), SPX=None)).expected["range_pct"]
    assert (unknown.value, bool(unknown.unknown)) == (None, True)


def test_a_live_quote_moves_the_expected_range_and_the_premium() -> None:
    now = open_of(SESSIONS, 30)
    spx = float(market().column("SPX")[-1])
    quotes = [quote("SPX", spx * 0.97, open_of(SESSIONS, 29)), quote("VIX", 40.0, open_of(SESSIONS, 29))]
    found = more(*quotes, now=now)
    assert found.expected["range_pct"].is_provisional
    assert found.curve["vrp_points"].is_provisional
    volatility = hv20([*market().column("SPX"), spx * 0.97])
    assert found.curve["vrp_points"].value == pytest.approx(40.0 - volatility)
    assert found.curve["vrp_variance"].value == pytest.approx(40.0**2 - volatility**2)
    assert not found.realised["close_close_pct"].is_provisional  # of the closes


def test_contango_of_seven_pairs_and_at_thirty_days() -> None:
    found = more()
    vx = [float(market().column(f"VX{n}")[-1]) for n in range(1, 9)]
    expected = [(vx[n + 1] / vx[n] - 1) * 100 for n in range(7)]
    assert [figure.value for figure in found.contango_pct] == pytest.approx(expected)
    # 2010-07-23: VX1 expires on 08-18 (26 days), VX2 on 09-15 (54 days)
    assert str(market().days[-1]) == "2010-07-23"
    at_thirty = vx[0] + (vx[1] - vx[0]) * 4 / 28
    assert found.curve["vx30"].value == pytest.approx(at_thirty)
    vix = float(market().column("VIX")[-1])
    assert found.curve["vx30_contango_pct"].value == pytest.approx((at_thirty / vix - 1) * 100)
    assert found.curve["vx30"].note == ""


def test_the_line_is_extended_after_the_expiry_before_a_long_month() -> None:
    history = market().until(115)  # 2010-06-17, the day after VX expired; July's expires on 07-21
    day = str(history.days[-1])
    found = more(now=close_of(114, 60), history=history).curve["vx30"]
    assert day == "2010-06-17"
    assert found.note == "VX1 has 34 days left: the line is extended to 30"
    vx1, vx2 = (float(history.column(name)[-1]) for name in ("VX1", "VX2"))
    assert found.value == pytest.approx(vx1 + (vx2 - vx1) * (30 - 34) / (62 - 34))  # VX2 on 08-18


def test_a_pair_without_a_price_is_unknown() -> None:
    found = more(history=with_last(market(), VX4=np.nan)).contango_pct
    assert [figure.is_known for figure in found] == [True, True, False, False, True, True, True]
    assert "VX4" in found[2].unknown


def test_ratios_are_of_two_quotes_or_of_two_closes_never_mixed() -> None:
    history = with_columns(market(), VIX3M=market().column("VIX") * 1.1)
    assert more(history=history).curve["vix_to_vix3m"].value == pytest.approx(1 / 1.1)
    now, at = open_of(SESSIONS, 30), open_of(SESSIONS, 29)
    one = more(quote("VIX", 40.0, at), now=now, history=history).curve["vix_to_vix3m"]
    assert one.value == pytest.approx(1 / 1.1)
    assert one.note == f"closes of {market().days[-1]}: not both are quoted"
    assert not one.is_provisional
    both = more(quote("VIX", 40.0, at), quote("VIX3M", 32.0, at), now=now, history=history).curve["vix_to_vix3m"]
    assert both.value == pytest.approx(1.25)
    assert both.is_provisional
    assert more().curve["vix_to_vix3m"].unknown == "no VIX3M was imported"
    stale = more(quote("VIX", 40.0, open_of(SESSIONS, 1)), now=open_of(SESSIONS, 60), history=history)
    assert stale.curve["vix_to_vix3m"].unknown == "VIX: last quote 59 min old in session"


def test_more_of_breadth_at_the_last_close() -> None:
    advances, declines = (market().column(f"BREADTH:NYSE.{name}") for name in ("advances", "declines"))
    history = with_columns(market(), **{"BREADTH:NYSE.unchanged": np.full(SESSIONS, 100.0)})
    found = more(history=history).breadth
    rana = [1000 * (a - d) / (a + d) for a, d in zip(advances, declines, strict=True)]
    fast, slow = sum(rana[:19]) / 19, sum(rana[:39]) / 39
    total = 0.0
    for index, value in enumerate(rana):
        fast += 0.10 * (value - fast) if index >= 19 else 0
        slow += 0.05 * (value - slow) if index >= 39 else 0
        total += fast - slow if index >= 38 else 0
    assert found["mcclellan"].value == pytest.approx(fast - slow)
    assert found["mcclellan_summation"].value == pytest.approx(total)
    a, d = advances[-1], declines[-1]
    assert found["ad_percent"].value == pytest.approx(100 * (a - d) / (a + d + 100))
    assert more().breadth["ad_percent"].unknown == "no breadth of NYSE was imported"
    assert (
        more(history=with_columns(market(), **dict.fromkeys(["BREADTH:NYSE.advances", "BREADTH:NYSE.declines"])))
        .breadth["mcclellan"]
        .unknown
        == "no breadth was imported"
    )


def test_a_thrust_is_dated() -> None:
    advances = np.full(SESSIONS, 1500.0)
    advances[100:112] = 700.0
    advances[112:] = 2800.0
    history = with_columns(
        market(), **{"BREADTH:NYSE.advances": advances, "BREADTH:NYSE.declines": 3000.0 - advances}
    )
    found = more(history=history).breadth["zweig_thrust_sessions"]
    mean, completed = 50.0, 0
    for index in range(10, SESSIONS):
        mean += 2 / 11 * (advances[index] / 30 - mean)
        completed = completed or (index if mean > 61.5 else 0)
    assert found.value == LAST - completed
    assert found.note == f"completed on {market().days[completed]}"
    quiet = with_columns(market(), **{"BREADTH:NYSE.advances": np.full(SESSIONS, 1500.0)})
    assert more(history=quiet).breadth["zweig_thrust_sessions"].unknown.startswith("no thrust since breadth began")


def test_without_any_data_every_figure_says_so() -> None:
    found = more(history=market().until(0))
    figures = [*found.realised.values(), *found.expected.values(), *found.breadth.values(), *found.curve.values()]
    assert all(isinstance(figure, Figure) and figure.value is None and figure.unknown for figure in figures)


def test_the_record_has_them_under_measures_and_every_null_its_reason() -> None:
    record = status_record(evaluate(facts(AFTER)))
    measures = record["measures"]
    assert measures["odds"][0]["close_inside_both"] == pytest.approx(0.6827, abs=1e-4)
    assert len(measures["curve"]["contango_pct"]) == 7
    nulls = {path for path in record["unknown"] if path.startswith("measures.")}
    assert "measures.realised.parkinson_pct" in nulls
    assert nulls == {f"measures.{path}" for path in null_paths(measures)}
    assert "measures" not in status_record(replace(evaluate(facts(AFTER)), more=None))


def null_paths(node: object, path: str = "") -> list[str]:
    if isinstance(node, dict | list):
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        return [found for key, value in pairs for found in null_paths(value, f"{path}.{key}".lstrip("."))]
    return [path] if node is None else []
