"""A recorded feed with spoilt ticks in it: not one of them is ever shown, and each is told of with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from core.market.quote_gate import Admitted, admit, refuse
from core.market.quote_line import parse_quote_line
from core.market.times import iso_utc, new_york
from core.monitor.evaluate import evaluate
from tests.core.market.exchange import real_file
from tests.gui.market_files import market_facts

if TYPE_CHECKING:
    from datetime import datetime

    from core.state import Facts

NO_PRICE = ("nan", "inf", "-inf", "0", "-17.2", "1e400", "17,2", "", "\uff11\uff17", "None")


@cache
def recorded() -> list[tuple[datetime, float]]:
    """The minutes of VIX of one day of 2019, put on 2018-02-02, the day after the last close of the facts."""
    frame = pd.read_csv(real_file("intraday/vix_1min_2019-02.csv"))
    times = pd.to_datetime(frame["datetime"])
    rows = frame.assign(at=times)[times.dt.day == 12].sort_values("at")
    day = pd.Timestamp("2018-02-02").date()
    return [(new_york(day, at.time()), float(value)) for at, value in zip(rows["at"], rows["close"], strict=True)]


def facts() -> Facts:
    return market_facts()


@pytest.mark.parametrize("seed", range(5))
def test_no_bad_tick_is_ever_shown(seed: int) -> None:
    random, base = np.random.default_rng(seed), facts()
    held, good, good_at, spoilt, was_jump = Admitted(), None, recorded()[0][0], 0, False
    for time, value in recorded():
        kind = random.choice(["good", "no price", "jump", "late"], p=[0.7, 0.1, 0.1, 0.1])
        kind = "good" if good is None or (kind == "jump" and was_jump) else kind  # two in a row confirm each other
        at, text = time, f"{value:.2f}"
        if kind == "no price":
            text = str(random.choice(NO_PRICE))
        elif kind == "jump":
            text = f"{value * random.choice([10, 0.1, 5, 0.2]):.2f}"
        elif kind == "late":
            at, text = good_at - timedelta(seconds=30), f"{value * 1.5:.2f}"
        line = parse_quote_line(f"{iso_utc(at)} VIX={text}", time)
        held = refuse(admit(held, line.quotes, base.past.history), (part.reason for part in line.refused), time)
        good, good_at = (value, time) if kind == "good" else (good, good_at)
        was_jump = kind == "jump"
        spoilt += kind != "good"
        state = evaluate(replace(base, now=time, quotes=held.quotes, set_aside=held.set_aside))
        assert state.vix.value in (good, None), (time, kind, text)
        assert len(state.quotes_refused) >= min(spoilt, 1)
    assert spoilt > 50
    assert len(held.quotes["VIX"]) > 200


def test_the_same_feed_unspoilt_is_shown_tick_by_tick() -> None:
    base, held = facts(), Admitted()
    for time, value in recorded():
        held = admit(held, parse_quote_line(f"{iso_utc(time)} VIX {value}", time).quotes, base.past.history)
        state = evaluate(replace(base, now=time, quotes=held.quotes, set_aside=held.set_aside))
        assert state.vix.value == value
    assert held.set_aside == ()
    bar, values = state.today["VIX"], [value for _, value in recorded()]
    shown = (bar.open.value, bar.high.value, bar.low.value, bar.last.value)
    assert shown == (values[0], max(values), min(values), values[-1])
    assert bar.quotes == len(values) > 350
