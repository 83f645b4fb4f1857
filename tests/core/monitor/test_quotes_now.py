"""Today's bar and the refused quotes as window and command line read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np

from core.market.quote import Quote
from core.market.quote_gate import Admitted, admit, refuse
from core.market.snapshot import Ages
from core.monitor.evaluate import evaluate
from core.monitor.past import make_past
from core.monitor.record import status_record
from core.positions.book import Book
from core.state import Facts
from tests.core.histories import calendar, random_history
from tests.core.playbooks import composite

SESSIONS = 60
NEXT = int(np.searchsorted(calendar().days, np.datetime64("2010-01-04"))) + SESSIONS
OPEN = datetime.fromtimestamp(int(calendar().opens[NEXT]), UTC)


@cache
def before() -> Facts:
    """The facts an hour after the open of the session after 60 sessions; nothing is quoted."""
    past = make_past(random_history(7, SESSIONS), composite())
    return Facts(OPEN + timedelta(hours=1), past, {}, Book(), composite(), Ages())


def with_quotes(*quotes: Quote, now: datetime | None = None) -> Facts:
    held = admit(Admitted(), quotes, before().past.history)
    facts = replace(before(), quotes=held.quotes, set_aside=held.set_aside)
    return replace(facts, now=now) if now else facts


def spx(share: float, minutes: float) -> Quote:
    """A quote so many minutes after the open, as a share of the last close."""
    close = float(before().past.history.column("SPX")[-1])
    return Quote("SPX", round(close * share, 2), OPEN + timedelta(minutes=minutes))


def test_status_has_the_bar_of_today() -> None:
    quotes = (spx(1.0, 1), spx(1.02, 10), spx(0.99, 20), spx(1.01, 59))
    record = status_record(evaluate(with_quotes(*quotes)))
    day = str(calendar().days[NEXT])
    assert record["today"]["spx"] == {
        "session": day,
        "open": quotes[0].value,
        "high": quotes[1].value,
        "low": quotes[2].value,
        "last": quotes[3].value,
        "quotes": 4,
    }
    assert record["today"]["vix"] == dict.fromkeys(("open", "high", "low", "last")) | {"session": day, "quotes": 0}
    assert record["unknown"]["today.vix.open"] == f"VIX: no quote of the session of {day}"


def test_a_suspect_moves_nothing_but_the_list_of_refused() -> None:
    plain = evaluate(with_quotes(spx(1.0, 1)))
    with_suspect = evaluate(with_quotes(spx(1.0, 1), spx(10.0, 30)))
    assert (with_suspect.spx, with_suspect.edr, with_suspect.today) == (plain.spx, plain.edr, plain.today)
    assert plain.quotes_refused == ()
    (reason,) = with_suspect.quotes_refused
    assert "+900 % from" in reason
    assert status_record(with_suspect)["quotes_refused"] == [reason]


def test_a_late_quote_moves_nothing_but_the_list_of_refused() -> None:
    plain = evaluate(with_quotes(spx(1.0, 1), spx(1.01, 30)))
    with_late = evaluate(with_quotes(spx(1.0, 1), spx(1.01, 30), spx(1.2, 20)))
    assert (with_late.spx, with_late.edr, with_late.today) == (plain.spx, plain.edr, plain.today)
    assert len(with_late.quotes_refused) == 1


def test_what_was_refused_before_the_last_session_is_not_listed_any_more() -> None:
    yesterday = spx(10.0, -24 * 60)
    words = refuse(Admitted(), ["SPX: 'nan' is not a price"], OPEN + timedelta(minutes=2))
    facts = with_quotes(yesterday)
    assert len(facts.set_aside) == 1
    assert evaluate(facts).quotes_refused == ()
    listed = replace(facts, set_aside=facts.set_aside + words.set_aside)
    assert evaluate(listed).quotes_refused == ("SPX: 'nan' is not a price",)
    assert evaluate(replace(listed, now=OPEN + timedelta(minutes=1))).quotes_refused == ()


def test_a_future_has_its_own_age_and_takes_what_depends_on_it_with_it() -> None:
    """VX1 and VX2 hold for an hour of trading, VIX for half an hour."""
    quoted = OPEN + timedelta(minutes=10)
    quotes = {name: (Quote(name, value, quoted),) for name, value in (("VIX", 20.0), ("VX1", 21.0), ("VX2", 20.5))}
    ages = Ages(unknown_s=1800, futures=Ages(unknown_s=3600))
    states = {
        minutes: evaluate(replace(before(), quotes=quotes, ages=ages, now=quoted + timedelta(minutes=minutes)))
        for minutes in (30, 31, 60, 61)
    }
    known = {
        minutes: (state.vix.is_known, state.edr.is_known, state.curve["vx1"].is_known)
        for minutes, state in states.items()
    }
    assert known == {
        30: (True, True, True),
        31: (False, False, True),
        60: (False, False, True),
        61: (False, False, False),
    }
    assert states[31].edr.unknown == "VIX: last quote 31 min old in session"
    assert states[61].curve["backwardation_pct"].unknown == "VX1: last quote 61 min old in session"
    assert states[60].curve["backwardation_pct"].value == (21.0 / 20.5 - 1) * 100
