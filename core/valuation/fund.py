"""How far does a share of a VIX fund go when VIX moves? As the futures that it holds, times its leverage."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.market.times import new_york
from core.measures.spot_vol import vx_beta
from core.positions.contract import MORNING
from core.valuation.forwards import days_between, present

if TYPE_CHECKING:
    from core.valuation.forwards import MarketNow

SHORT_TERM_DAYS, MID_TERM_DAYS = 30.0, 150.0


class Fund(NamedTuple):
    """What a fund promises a day: so many times the return of VX futures of one constant maturity in days."""

    leverage: float
    days: float


FUNDS = {
    "VXX": Fund(1.0, SHORT_TERM_DAYS),
    "VIXY": Fund(1.0, SHORT_TERM_DAYS),
    "UVXY": Fund(1.5, SHORT_TERM_DAYS),
    "UVIX": Fund(2.0, SHORT_TERM_DAYS),
    "SVXY": Fund(-0.5, SHORT_TERM_DAYS),
    "SVIX": Fund(-1.0, SHORT_TERM_DAYS),
    "VXZ": Fund(1.0, MID_TERM_DAYS),
    "VIXM": Fund(1.0, MID_TERM_DAYS),
}
"""Leverage and maturity by their prospectuses, as in force since 2018."""
FUND_NOTE = (
    "a fund moves by its leverage x beta x the change of VIX / the future of its maturity, without what rolling "
    "and daily resetting cost, assumed"
)


def share_of_vix(symbol: str, market: MarketNow) -> float:
    """Return the share of its price that a fund gains for a point of VIX, NaN without a curve to read it from."""
    fund = FUNDS[symbol]
    points = sorted(
        (days_between(market.now, new_york(expiry, MORNING)), price)
        for expiry, price in market.curve.items()
        if present(price) is not None
    )
    if not points:
        return math.nan
    days, prices = np.array(points).T
    future = float(np.interp(fund.days, days, prices))
    return fund.leverage * float(vx_beta(fund.days)) / future
