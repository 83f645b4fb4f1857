"""Do indicators, breadth and curve carry the right value, the right origin, or the right reason?"""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest
import talib

from tests.core.histories import DATA, at, history_of, real_history
from tests.core.monitor.scene import SESSIONS, close_of, market, open_of, quote, state, with_columns, with_last
from tests.core.playbooks import changed

CLOSED = close_of(SESSIONS - 1)
NOON = open_of(SESSIONS, 150)
COLUMNS = market().columns


def test_indicators_are_those_of_talib_and_numpy_over_the_closes() -> None:
    found = state(CLOSED)
    vix, spx = COLUMNS["VIX"], COLUMNS["SPX"]
    line, signal, _ = talib.MACD(vix, 12, 26, 9)
    expected = {
        "sma20": vix[-20:].mean(),
        "macd": line[-1],
        "macd_signal": signal[-1],
        "rsi14": talib.RSI(vix)[-1],
    }
    assert {name: figure.value for name, figure in found.vix_indicators.items()} == pytest.approx(expected)
    assert found.spx_indicators["rsi14"].value == pytest.approx(talib.RSI(spx, 14)[-1])
    returns = np.diff(np.log(spx[-21:]))
    assert found.spx_indicators["hv20_pct"].value == pytest.approx(100 * returns.std(ddof=1) * math.sqrt(252))


def test_an_indicator_names_the_close_it_was_made_from() -> None:
    (used,) = state(NOON).vix_indicators["rsi14"].inputs
    assert (used.name, used.value, used.time, used.source) == ("VIX", COLUMNS["VIX"][-1], CLOSED, "made up")
    assert used.age_s == (NOON - CLOSED).total_seconds()


def test_a_formula_names_the_lengths_in_force() -> None:
    found = state(CLOSED, playbook=changed(vix__ma=15))
    assert found.vix_indicators["sma20"].formula == "mean of the last 15 closes of VIX"
    assert found.vix_indicators["sma20"].value == pytest.approx(COLUMNS["VIX"][-15:].mean())


def test_a_gap_in_the_window_is_named_and_nothing_else_suffers() -> None:
    vix = COLUMNS["VIX"].copy()
    vix[-10] = np.nan
    found = state(CLOSED, history=with_columns(market(), VIX=vix))
    day = market().days[-10]
    assert found.vix_indicators["sma20"].unknown == f"no VIX on {day}, and 20 sessions in a row are needed"
    assert found.vix_indicators["macd"].unknown == f"no VIX on {day}, and 34 sessions in a row are needed"
    assert found.vix.is_known
    assert found.edr.is_known
    assert found.spx_indicators["rsi14"].is_known


def test_breadth_is_counted_by_hand() -> None:
    found = state(CLOSED)
    up, down = COLUMNS["BREADTH:NYSE.advances"], COLUMNS["BREADTH:NYSE.declines"]
    assert found.universe == "NYSE"
    assert found.rana.value == pytest.approx((up[-1] - down[-1]) / (up[-1] + down[-1]))
    assert found.ad_line.value == pytest.approx(sum(up) - sum(down))
    (used,) = found.rana.inputs
    assert (used.name, used.time, used.source) == ("breadth NYSE", CLOSED, "made up")


def test_a_day_without_breadth_is_unknown_never_zero() -> None:
    found = state(CLOSED, history=with_last(market(), **{"BREADTH:NYSE.advances": np.nan}))
    for figure in (found.ad_line, found.rana, found.divergence.d, found.divergence.sessions):
        assert figure.value is None
        assert str(market().days[-1]) in figure.unknown
    assert (found.divergence.kind, found.divergence.grade) == ("", "")


def test_without_any_breadth_the_reason_says_so() -> None:
    none = with_columns(market(), **{"BREADTH:NYSE.advances": None, "BREADTH:NYSE.declines": None})
    found = state(CLOSED, history=none)
    assert found.universe == ""
    assert found.ad_line.unknown == found.divergence.sessions.unknown == "no breadth was imported"


def test_with_no_market_at_all_every_figure_says_what_is_missing() -> None:
    found = state(NOON, history=history_of(SPX=[]))
    figures = (found.edr, found.ladder.coverage, found.ad_line, *found.spx_indicators.values())
    for figure in (*figures, *found.vix_indicators.values(), *found.curve.values()):
        assert figure.value is None
        assert "import" in figure.unknown
    assert [layer.trigger.value for layer in found.layers] == ["unknown"] * 4


def test_quotes_alone_show_what_needs_no_history() -> None:
    quotes = [
        quote(name, value, NOON) for name, value in (("SPX", 2100.0), ("VIX", 21.0), ("VX1", 22.0), ("VX2", 20.0))
    ]
    found = state(NOON, *quotes, history=history_of(SPX=[]), playbook=changed(edr__formula="B"))
    assert (found.spx.value, found.vix.value) == (2100.0, 21.0)
    assert found.edr.value == pytest.approx(21 / math.sqrt(252))
    assert found.curve["backwardation_pct"].value == pytest.approx(10.0)
    assert found.vix_indicators["sma20"].unknown == "VIX: 1 session of history, 20 are needed"
    assert found.ad_line.unknown == "no breadth was imported"
    assert [layer.trigger.value for layer in found.layers] == ["unknown"] * 4
    assert (found.provisional, found.provisional_day) == (None, None)


def test_the_curve_is_read_off_the_settlements() -> None:
    found = state(CLOSED)
    vx1, vx2 = COLUMNS["VX1"][-1], COLUMNS["VX2"][-1]
    assert (found.curve["vx1"].value, found.curve["vx2"].value) == (vx1, vx2)
    assert found.curve["backwardation_pct"].value == pytest.approx(100 * (vx1 / vx2 - 1))
    assert len(found.curve_points) == 8


def test_one_quoted_future_is_set_beside_the_settlement_of_the_other() -> None:
    found = state(NOON, quote("VX1", 30.0, NOON))
    assert found.curve["vx1"].value == 30.0
    assert found.curve["vx2"].value == COLUMNS["VX2"][-1]
    assert found.curve["backwardation_pct"].value == pytest.approx(100 * (30.0 / COLUMNS["VX2"][-1] - 1))
    first, second = found.curve["backwardation_pct"].inputs
    assert (first.time, second.time) == (NOON, CLOSED)
    assert found.curve["vx1"].is_provisional
    assert not found.curve["vx2"].is_provisional


def test_a_stale_future_is_unknown_and_its_settlement_does_not_come_back() -> None:
    asked = open_of(SESSIONS, 91)
    found = state(asked, quote("VX1", 30.0, open_of(SESSIONS, 60)))
    for name in ("vx1", "backwardation_pct"):
        assert found.curve[name].unknown == "VX1: last quote 31 min old in session"
    assert found.curve["vx2"].value == COLUMNS["VX2"][-1]
    assert len(found.curve_points) == 7


def test_on_the_day_a_future_settles_the_next_one_is_the_first() -> None:
    history = real_history()
    tuesday = at(history, "2018-02-13")  # the February future settles on the morning of the 14th
    cut = history.until(tuesday + 1)
    morning = history.calendar.close_of(history.days[tuesday + 1].item()).replace(hour=15, minute=0)
    found = state(morning, quote("SPX", 2690.0, morning), history=cut)
    second, third = history.column("VX2")[tuesday], history.column("VX3")[tuesday]
    assert found.curve["vx1"].value == second
    assert found.curve["backwardation_pct"].value == pytest.approx(100 * (second / third - 1))
    assert state(morning, history=cut).curve["vx1"].value == history.column("VX1")[tuesday]  # the close as it was


def test_the_published_curve_of_the_crash_is_backward() -> None:
    path = DATA / "futures/vx1_vx8_settle_2007_2021.csv"
    history = real_history()
    with path.open(newline="") as file:
        rows = {row["DATE"]: row for row in csv.DictReader(file)}
    day = "2020-03-16"
    found = state(history.calendar.close_of(history.days[at(history, day)].item()), history=history)
    vx = [float(rows[day][f"VX{n}"]) for n in (1, 2, 3)]
    assert vx[:2] == [72.625, 59.15]
    assert found.curve["backwardation_pct"].value == pytest.approx(100 * (vx[0] / vx[1] - 1))
    assert found.curve["rule_backwardation_pct"].value == pytest.approx(100 * (vx[1] / vx[2] - 1))
    assert found.curve["rule_backwardation_pct"].formula.startswith("VX2/VX3")
