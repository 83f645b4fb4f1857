"""Are the strikes of the described condor those of its delta, by QuantLib and by a real chain's own column?"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import numpy as np
import pytest

from core.market.option_chain import CHAIN_FIELDS, OptionChain
from core.playbook.builder import BuiltCondor, NoStrikeError, build_condor
from core.valuation.black76 import price
from tests.core.market.exchange import real_file
from tests.core.parsing.parsing import read_text
from tests.core.playbook.test_hedge import NOW, RATE, market
from tests.core.playbooks import changed, composite, preset


def strikes(built: BuiltCondor) -> list[float]:
    return sorted(leg.strike for leg in built.legs)


@pytest.mark.parametrize(
    ("name", "days", "short_delta"),
    [("001-credit-budget", 45, 0.16), ("004-breadth", 30, 0.16), ("003-regime", 1, 0.16)],
)
@pytest.mark.playbook("001-14", "004-14")
def test_each_seed_has_its_tenor_and_delta(name: str, days: int, short_delta: float) -> None:
    ql = pytest.importorskip("QuantLib")
    built = build_condor(preset(name), market(), 50.0)
    assert abs(built.days - days) <= 1  # a session's day
    closes = datetime(built.expiry.year, built.expiry.month, built.expiry.day, 20, 0, tzinfo=UTC)
    years = (closes - NOW).total_seconds() / (365 * 86400)
    forward, discount = 5000 * math.exp(RATE * years), math.exp(-RATE * years)

    def slope(strike: float, kind: int) -> float:
        k = math.log(strike / 5000)
        sigma = max(0.155 / 0.18 * 0.18 + (-0.55 if k < 0 else -0.35) * k + 0.8 * k * k, 0.01)
        spread = sigma * math.sqrt(years)
        calculator = ql.BlackCalculator(ql.PlainVanillaPayoff(kind, strike), forward, spread, discount)
        return abs(calculator.deltaForward())

    for leg in built.legs:
        kind = ql.Option.Put if leg.right == "P" else ql.Option.Call
        assert abs(leg.delta) == pytest.approx(slope(leg.strike, kind), abs=1e-9)
        if leg.quantity < 0:
            outer = leg.strike - 5 if leg.right == "P" else leg.strike + 5
            inner = leg.strike + 5 if leg.right == "P" else leg.strike - 5
            assert abs(slope(leg.strike, kind) - short_delta) <= abs(slope(outer, kind) - short_delta)
            assert abs(slope(leg.strike, kind) - short_delta) <= abs(slope(inner, kind) - short_delta)


@pytest.mark.playbook("001-14", "004-14")
def test_credit_and_risk_are_those_of_the_legs() -> None:
    built = build_condor(composite(), market(), 50.0)
    put_long, put_short, call_short, call_long = strikes(built)
    assert (put_short - put_long, call_long - call_short) == (50, 50)
    by_hand = sum(-leg.quantity * leg.price for leg in built.legs)
    assert built.credit.value == pytest.approx(by_hand)
    assert built.risk.value == pytest.approx((50 - by_hand) * 100)
    assert built.text == f"{put_long:g}/{put_short:g} - {call_short:g}/{call_long:g}"
    assert "assumed" in built.priced_by
    wider = build_condor(changed(condor__short_delta=0.30), market(), 50.0)
    assert strikes(wider)[1] > put_short
    assert strikes(wider)[2] < call_short


def chain(rows: list[tuple[str, float, float, float]], day: date = date(2018, 7, 18)) -> OptionChain:
    """Return a chain of (right, strike, bid, ask) of one expiry."""
    columns = {name: np.full(len(rows), np.nan) for name in CHAIN_FIELDS}
    columns["bid"], columns["ask"] = (np.array([row[at] for row in rows]) for at in (2, 3))
    return OptionChain(
        "SPX", "TEST", NOW, np.array(["SPXW"] * len(rows)), np.array([day] * len(rows), "datetime64[D]"),
        np.array([round(row[1] * 1e8) for row in rows]), np.array([row[0] for row in rows]), columns,
    )  # fmt: skip


def test_a_chain_gives_strikes_and_mid_prices() -> None:
    years = (datetime(2018, 7, 18, 20, 0, tzinfo=UTC) - NOW).total_seconds() / (365 * 86400)
    forward, discount = 5000 * math.exp(RATE * years), math.exp(-RATE * years)
    rows = []
    for right, sign in (("P", -1), ("C", 1)):
        for strike in np.arange(4500.0, 5500.0, 25.0):
            mid = float(price(forward, strike, 0.15, years, sign, discount))
            rows.append((right, float(strike), mid - 0.1, mid + 0.1))
    built = build_condor(changed(condor__dte=30), market(), 50.0, chain(rows))
    assert built.expiry == date(2018, 7, 18)
    assert built.priced_by == "mid quotes of TEST, 2018-06-18 13:30 UTC"
    assert all(leg.strike % 25 == 0 for leg in built.legs)
    mids = {(right, strike): (bid + ask) / 2 for right, strike, bid, ask in rows}
    assert all(leg.price == pytest.approx(mids[leg.right, leg.strike]) for leg in built.legs)
    # a flat volatility of 15 %: the 16-delta put by the normal quantile 0.99446
    spread = 0.15 * math.sqrt(years)
    exact = forward * math.exp(-0.99446 * spread + spread * spread / 2)
    assert abs(strikes(built)[1] - exact) <= 12.5 + 2


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NoStrikeError, match="no VIX value"):
        build_condor(composite(), market(vix=None), 50.0)
    with pytest.raises(NoStrikeError, match="is not above 0"):
        build_condor(composite(), market(), 0.0)
    with pytest.raises(NoStrikeError, match="calendar does not reach"):
        build_condor(changed(condor__dte=730), market(now=datetime(2026, 1, 5, 15, tzinfo=UTC)), 50.0)
    with pytest.raises(NoStrikeError, match="stands 50 points beyond"):
        build_condor(
            changed(condor__dte=30),
            market(),
            50.0,
            chain([("P", 4750, 20.8, 21.0), ("P", 4800, 28, 28.2), ("C", 5200, 20.9, 21.1), ("C", 5190, 22, 23)]),
        )


def test_on_a_real_chain_the_shorts_have_the_delta_of_the_exchanges_own_column() -> None:
    path = real_file("options/spx_quotedata_2023-09-01.csv")
    found = read_text(path.read_text(), path.name).chain
    assert found is not None
    seen = market(now=found.time, spx=4515.77, vix=13.09, rate=0.054)
    built = build_condor(composite(), seen, 50.0, found)
    assert built.expiry in {date(2023, 10, 13), date(2023, 10, 16), date(2023, 10, 17)}
    for leg in built.legs:
        same = (
            (found.roots == "SPXW") & (found.expiries == np.datetime64(built.expiry)) & (found.rights == leg.right)
        )
        (row,) = np.flatnonzero(same & (found.strikes_e8 == round(leg.strike * 1e8)))
        assert leg.delta == pytest.approx(
            found.columns["delta"][row], abs=0.01
        )  # theirs: other rate and dividends
        if leg.quantity < 0:
            assert abs(found.columns["delta"][row]) == pytest.approx(0.16, abs=0.02)
