"""A seeded market of years, and a book on it at any session: condors, layers, when they were opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from core.market.calendar import spx_monthly_expiry, vix_expiries_after
from core.market.times import exchange_date
from core.monitor.advice_now import advice
from core.monitor.past import make_past
from core.positions.book import Account, Book, Condor, Layer
from core.positions.leg import DatedFill, cash_of, parse_fill
from tests.core.histories import calendar, random_history
from tests.core.monitor.scene import close_of, facts, with_columns
from tests.core.playbooks import composite

if TYPE_CHECKING:
    from core.advice.records import Advice, Proposal, Situation
    from core.market.series import History
    from core.playbook.parameters import Playbook
    from core.state import Facts, Past

SESSIONS = 2500


@cache
def long_market() -> History:
    """Ten years with everything that the rules read but rates and announcements."""
    return random_history(11, SESSIONS)


@cache
def long_past() -> Past:
    return make_past(long_market(), composite())


def word(rule: str, session: int) -> int:
    return int(long_past().triggers.rules[rule][session])


def sessions_where(**words: int) -> list[int]:
    """Return the sessions at which rules say so, away from the ends."""
    holds = np.ones(SESSIONS, bool)
    for rule, said in words.items():
        holds &= long_past().triggers.rules[rule] == said
    return [int(one) for one in np.flatnonzero(holds) if 100 < one < SESSIONS - 100]


def condor_at(session: int, opened: datetime | None = None, count: int = 10) -> Condor:
    """Return a condor around SPX of that session, expiring with the monthly options after next."""
    when = opened or close_of(session, -240)
    spx = float(long_market().columns["SPX"][session])
    day = exchange_date(when) + timedelta(days=45)
    expiry = spx_monthly_expiry(day.year, day.month, calendar())
    if expiry < day:
        later = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        expiry = spx_monthly_expiry(later.year, later.month, calendar())
    low, high = round(spx * 0.94 / 5) * 5, round(spx * 1.05 / 5) * 5
    legs = [("P", low - 50, 1, "3"), ("P", low, -1, "8"), ("C", high, -1, "6"), ("C", high + 50, 1, "2")]
    texts = [f"{side * count:+d} SPX {expiry} {right} {strike} @ {price}" for right, strike, side, price in legs]
    dated = tuple(DatedFill(parse_fill(text), when, 1, "open") for text in texts)
    return Condor(dated, cash_of(one.fill for one in dated), Decimal(0), opened_at=when, id=1, expiry=expiry)


def layer_at(
    number: int, session: int, opened: datetime | None = None, leg: str = "+4 VIX {expiry} C {strike} @ 1.00"
) -> Layer:
    """Return a layer of VIX calls struck above the index, of the third monthly expiry from then."""
    when = opened or close_of(session, -240)
    expiry = vix_expiries_after(exchange_date(when), 3, calendar())[2]
    strike = round(float(long_market().columns["VIX"][session]) * 1.1)
    text = leg.format(expiry=expiry, strike=strike)
    dated = (DatedFill(parse_fill(text), when, 2, "open"),)
    return Layer(dated, cash_of([dated[0].fill]), Decimal(0), opened_at=when, number=number)


def book_of(*layers: Layer, condor: Condor | None) -> Book:
    account = Account(close_of(60), Decimal(250_000), Decimal(200_000), Decimal(400_000))
    return Book(
        condors={1: condor} if condor else {},
        layers={(layer.number, layer.condor_id): layer for layer in layers},
        account=account,
    )


def facts_at(
    session: int,
    *layers: Layer,
    playbook: Playbook | None = None,
    condor: Condor | None = None,
    history: History | None = None,
    **more: Any,
) -> Facts:
    """Return the facts five minutes after a close, a condor of that day on."""
    book = book_of(*layers, condor=condor or condor_at(session))
    found = facts(close_of(session, 5), history=history or long_market(), book=book, playbook=playbook)
    return replace(found, **more) if more else found


def advice_at(session: int, *layers: Layer, **more: Any) -> Advice:
    return advice(facts_at(session, *layers, **more))


def row(found: Advice, key: str) -> Situation:
    return next(one for one in found.situations if one.key == key)


def of(found: Advice, situation: str) -> list[Proposal]:
    return [one for one in found.proposals if one.situation == situation]


def with_rates(rise_bp: float, session: int) -> History:
    """Return the market with yields that had steepened by so much in ten sessions by the day before."""
    ten = np.full(SESSIONS, 2.50)
    ten[session - 10 :] += rise_bp / 100
    flat = np.full(SESSIONS, 1.0)
    return with_columns(long_market(), DGS10=ten, DGS2=flat, DGS3MO=flat)


@cache
def session_that_adds() -> int:
    """Return a session of a moderate divergence at which the sizing engine has whole contracts."""
    found = sessions_where(ad_moderate=1, rsi_vix_block=0)
    return next(s for s in found if any(one.act == "add" and one.ticket for one in advice_at(s).proposals))
