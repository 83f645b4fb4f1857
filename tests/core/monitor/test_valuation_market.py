"""Does the valuation see at each fill what was known then, and nothing later?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from core.market.calendar import vix_expiries_after
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.valuation_market import market_now, market_then
from core.valuation.response_map import ASSUMED
from tests.core.histories import calendar
from tests.core.monitor.scene import SESSIONS, close_of, facts, market, open_of, quote, with_columns
from tests.core.playbooks import changed

NOON = open_of(SESSIONS, 150)
SPX = market().columns["SPX"]


def now_of(given):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    return market_now(read_market(given, live_session(given)))


def test_now_has_the_readings_and_the_curve() -> None:
    found = now_of(facts(NOON, quote("SPX", 2100.0, NOON)))
    assert (found.spx, found.vix) == (2100.0, market().columns["VIX"][-1])
    assert len(found.curve) == 8
    assert [item.name for item in found.inputs] == ["SPX", "VIX"]


def test_a_stale_quote_is_no_value() -> None:
    found = now_of(facts(open_of(SESSIONS, 91), quote("SPX", 2100.0, open_of(SESSIONS, 60))))
    assert found.spx is None


def test_a_fill_sees_the_close_before_it() -> None:
    then = market_then(facts(NOON))
    assert then.spx(close_of(50)) == SPX[50]
    assert then.spx(close_of(50) - timedelta(seconds=1)) == SPX[49]
    expiry = vix_expiries_after(market().days[50].item(), 2, calendar())[1]
    assert then.vx(expiry, close_of(50)) == market().columns["VX2"][50]
    assert then.vx(expiry, open_of(51, 60)) == market().columns["VX2"][50]


def test_a_fill_sees_the_quotes_typed_before_it() -> None:
    at = open_of(100, 60)
    day = market().days[100].item()
    expiry = vix_expiries_after(day, 1, calendar())[0]
    then = market_then(facts(NOON, quote("SPX", 1999.0, at), quote("VX1", 31.0, at)))
    assert (then.spx(at), then.vx(expiry, at)) == (1999.0, 31.0)
    before = at - timedelta(seconds=1)
    assert then.spx(before) == SPX[99]
    assert then.vx(expiry, before) != 31.0
    assert then.spx(at + timedelta(minutes=31)) is None


def test_a_day_without_a_value_gives_none() -> None:
    spx = SPX.copy()
    spx[50] = np.nan
    then = market_then(facts(NOON, history=with_columns(market(), SPX=spx)))
    assert then.spx(close_of(50)) is None
    assert then.spx(close_of(51)) == SPX[51]
    assert then.spx(close_of(-1)) is None


def test_the_rate_is_the_bill_that_was_imported_lately_else_assumed_and_named() -> None:
    assumed = now_of(facts(NOON))
    assert (assumed.rate, assumed.rate_note) == (0.045, "assumed rate 4.5 % (no DGS3MO imported)")
    assert now_of(facts(NOON, playbook=changed(rates__risk_free_pct=3))).rate == pytest.approx(0.03)
    bill = np.full(SESSIONS, 0.15)
    bill[-3:] = np.nan
    known = now_of(facts(NOON, history=with_columns(market(), DGS3MO=bill)))
    assert (known.rate, known.rate_note) == (pytest.approx(0.0015), "DGS3MO 0.15 %")
    bill[-10:] = np.nan
    assert now_of(facts(NOON, history=with_columns(market(), DGS3MO=bill))).rate == 0.045


def test_the_responses_are_those_of_the_playbook_and_a_fit_says_over_what() -> None:
    given = facts(NOON)
    assert now_of(given).responses is ASSUMED
    fitted = now_of(replace(given, playbook=changed(response__map="fitted", response__sessions=120))).responses
    assert fitted.is_fitted
    assert fitted.sessions == 120
    assert fitted.last == market().days[-1].item()
    short = facts(NOON, history=market().until(40), playbook=changed(response__map="fitted"))
    none = now_of(replace(short, now=open_of(40, 150))).responses
    assert none.base == ASSUMED.base
    assert "not fitted:" in none.note


def test_volatilities_follow_vix_or_spx_along_the_skew() -> None:
    assert now_of(facts(NOON)).surface.ssr is None
    sticky = now_of(facts(NOON, playbook=changed(surface__mode="ssr", surface__ssr=1.5)))
    assert sticky.surface.ssr == 1.5


def test_spx_is_carried_at_the_rate_less_dividends() -> None:
    found = now_of(facts(NOON))
    assert found.dividend == pytest.approx(0.013)
    assert "less 1.3 % of dividends a year, assumed" in found.carry_note
