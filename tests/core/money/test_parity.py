"""Does parity hold where it must, and is a mispriced pair found in ticks after its spread?"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest

from core.market.option_chain import CHAIN_FIELDS, STRIKE_UNIT, OptionChain
from core.money.parity import CONVERSION, NEITHER, REVERSAL, ParityRow, parity_rows
from core.valuation.black76 import price
from tests.core.journal.desk import CALENDAR
from tests.core.market.exchange import calendar, real_file
from tests.core.parsing.parsing import read_text

EXPIRY = date(2018, 3, 21)
NOW = datetime(2018, 1, 10, 16, 0, tzinfo=UTC)
SETTLES = datetime(2018, 3, 21, 13, 30, tzinfo=UTC)  # 9:30 in New York, in summer time
RATE, FORWARD, SIGMA = 0.03, 13.5, 0.9
YEARS = (SETTLES - NOW).total_seconds() / (365 * 86400)
DISCOUNT = math.exp(-RATE * YEARS)
Quote = tuple[float, str, float, float]


def chain(*quotes: Quote, root: str = "VIX", expiry: date = EXPIRY) -> OptionChain:
    """Return a chain of (strike, right, bid, ask)."""
    empty = np.full(len(quotes), np.nan)
    columns = dict.fromkeys(CHAIN_FIELDS, empty) | {
        "bid": np.array([quote[2] for quote in quotes]),
        "ask": np.array([quote[3] for quote in quotes]),
    }
    return OptionChain(
        underlying=root,
        source="test",
        time=NOW,
        roots=np.array([root] * len(quotes)),
        expiries=np.array([np.datetime64(expiry)] * len(quotes)),
        strikes_e8=np.array([int(Decimal(str(quote[0])) * STRIKE_UNIT) for quote in quotes]),
        rights=np.array([quote[1] for quote in quotes]),
        columns=columns,
    )


def _mid(strike: float, sign: int) -> float:
    return float(price(FORWARD, strike, SIGMA, YEARS, sign, DISCOUNT))


def _pair(strike: float, half: float = 0.05, shift: float = 0.0) -> tuple[Quote, Quote]:
    """Return a call and a put of Black's model, so far around their mids; the call is dearer by the shift."""
    call, put = _mid(strike, 1) + shift, _mid(strike, -1)
    return (strike, "C", call - half, call + half), (strike, "P", put - half, put + half)


def rows(*quotes: Quote) -> list[ParityRow]:
    return parity_rows(chain(*quotes), {EXPIRY: FORWARD}, RATE, CALENDAR)


@pytest.mark.playbook("003-21", "000-31", "001-10", "002-12")
def test_options_of_one_model_leave_no_residual() -> None:
    for row in rows(*_pair(12.0), *_pair(14.0), *_pair(20.0)):
        assert row.residual_ticks == pytest.approx(0.0, abs=1e-9)
        assert row.pays == NEITHER
        assert row.forward_source == "VX future of 2018-03-21"


@pytest.mark.parametrize(("shift", "pays"), [(0.30, CONVERSION), (-0.30, REVERSAL), (0.10, NEITHER)])
def test_a_call_that_is_too_dear_pays_a_conversion_after_the_spread(shift: float, pays: str) -> None:
    (row,) = rows(*_pair(14.0, half=0.05, shift=shift))
    assert row.residual_ticks == pytest.approx(shift / 0.05)  # both below 3.00: ticks of 0.05
    # half a spread on each option and a tick of the future: 0.05 + 0.05 + 0.05
    paid = row.conversion_ticks if shift > 0 else row.reversal_ticks
    assert paid == pytest.approx((abs(shift) - 0.15) / 0.05)
    assert row.pays == pays


def test_from_three_points_on_a_tick_is_a_dime() -> None:
    (row,) = rows(*_pair(20.0, shift=0.30))  # the put is worth more than six points
    assert row.residual_ticks == pytest.approx(3.0)


def test_without_a_future_the_nearest_strike_gives_the_forward() -> None:
    found = parity_rows(chain(*_pair(13.5), *_pair(20.0)), {}, RATE, CALENDAR)
    assert [row.forward_source for row in found] == ["implied at 13.5", "implied at 13.5"]
    assert found[0].forward == pytest.approx(FORWARD)
    assert found[0].residual_ticks == pytest.approx(0.0, abs=1e-9)


def test_a_chain_tells_its_own_rate_so_that_a_wrong_one_makes_no_arbitrage() -> None:
    strikes = (8.0, 10.0, 12.0, 14.0, 17.0, 20.0)
    quotes = chain(*(quote for strike in strikes for quote in _pair(strike)))
    for row in parity_rows(quotes, {}, 0.30, CALENDAR):  # thirty percent: far from the 3 % it was priced with
        assert row.forward_source == "implied by 6 strikes"
        assert row.rate_pct == pytest.approx(100 * RATE, abs=1e-6)
        assert row.forward == pytest.approx(FORWARD)
        assert row.residual_ticks == pytest.approx(0.0, abs=1e-6)


def test_a_real_chain_of_spx_leaves_no_arbitrage_after_cost() -> None:
    """23 March 2022: of some 8,800 strikes none pays, and a year of financing costs about what bills then paid."""
    real = read_text(real_file("options/spx_quotedata_2022-03-23_es.csv").read_text("utf-8")).chain
    assert real is not None
    found = parity_rows(real, {}, 0.045, calendar())
    assert len(found) > 8000
    assert {row.pays for row in found} == {NEITHER}
    (rate,) = {row.rate_pct for row in found if (row.root, str(row.expiry)) == ("SPX", "2023-03-17")}
    assert 1.0 < rate < 2.5


def test_a_strike_without_both_sides_or_with_no_bid_is_left_out() -> None:
    call, put = _pair(14.0)
    assert rows(call) == []
    assert rows(call, (14.0, "P", 0.0, 0.10)) == []
    assert rows(call, (14.0, "P", math.nan, 0.10)) == []
    assert len(rows(call, put)) == 1


def test_what_has_expired_is_left_out() -> None:
    old = date(2017, 12, 20)
    quotes = chain(*_pair(14.0), expiry=old)
    assert parity_rows(quotes, {old: FORWARD}, RATE, CALENDAR) == []
