"""Which books are accounted for? A desk's entries with a market around them, every value stated by the test."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from core.journal import acts
from core.market.figure import unknown
from core.market.times import new_york
from core.money.facts import MoneyFacts, Values
from core.monitor.past import make_past
from tests.core.histories import history_of
from tests.core.journal.desk import Desk, d, legs
from tests.core.playbooks import composite

if TYPE_CHECKING:
    from core.state import Past

FIRST = "2017-01-03"
SESSIONS = 330  # to the end of April 2018
NOT_GIVEN = unknown("not given by the test")


@cache
def past() -> Past:
    """Return closes of which VIX moves by -4 times the return of SPX, exactly."""
    random = np.random.default_rng(5)
    moves = random.normal(0.0, 0.01, SESSIONS)
    columns = {"SPX": 2500.0 * np.cumprod(1.0 + moves), "VIX": 16.0 * np.cumprod(1.0 - 4.0 * moves)}
    return make_past(history_of(FIRST, **columns), composite())


def at(day: str, clock: str = "10:00") -> datetime:
    """Return a New York moment."""
    moment = datetime.fromisoformat(f"{day}T{clock}")
    return new_york(moment.date(), moment.time())


def facts(desk: Desk, now: str, **given: Any) -> MoneyFacts:
    """Return the facts of a desk at noon of a day; what is not given is unknown."""
    none = Values(None, {}, "not valued by the test")
    usual: dict[str, Any] = {
        "now": at(now, "12:00"),
        "entries": [entry for entry in desk.entries if entry.event_time <= at(now, "12:00")],
        "book": desk.book,
        "playbook": composite(),
        "past": past(),
        "rate_pct": 4.5,
        "rate_note": "assumed by the test",
        "now_values": none,
        "hold_values": none,
        "exposure": NOT_GIVEN,
        "target": NOT_GIVEN,
        "delta_dollars": NOT_GIVEN,
        "worst": NOT_GIVEN,
    }
    return MoneyFacts(**(usual | given))


def worked() -> Desk:
    """Ten condors and four calls, both closed after 28 days; every amount is written out in the tests.

    Condors: 10 x 100 x 5.20 = 5,200.00 in, 10 x 100 x 2.10 = 2,100.00 out, fees 52.00 each time; wings of 25
    points tie up 25 x 100 x 10 = 25,000.00. Calls: 4 x 100 x 1.20 = 480.00 out, 4 x 100 x 3.00 = 1,200.00 in, fees
    6.40 each time.
    """
    desk = Desk()
    desk.do(acts.open_condor, at=at("2018-01-10"), fees=d("52"))
    desk.do(acts.open_layer, at=at("2018-01-10"), fees=d("6.40"), fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"))
    desk.do(acts.close_layer, at=at("2018-02-07"), fees=d("6.40"), fills=legs("-4 VIX 2018-03-21 C 25 @ 3.00"))
    desk.do(acts.close_condor, at=at("2018-02-07"), fees=d("52"), debit=d("2.10"))
    return desk
