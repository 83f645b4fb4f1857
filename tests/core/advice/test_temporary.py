"""Is the large size of a high VIX reviewed after twenty sessions, and are decayed shorts proposed to be bought?"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from core.advice.harvesting import worst_case
from core.advice.records import LAST, STABLE, TEMPORARY, Advice
from core.playbook.verdict import Says
from core.positions.book import Layer
from core.positions.leg import DatedFill, parse_fill
from tests.core.advice.scene import SESSIONS, advice_at, close_of, layer_at, long_market, long_past, of, row
from tests.core.histories import calendar
from tests.core.monitor.scene import with_columns

START = 900


def high_from(start: int) -> object:
    """Return the market with VIX at 20 and, from a session on, at 30."""
    vix = np.full(SESSIONS, 20.0)
    vix[start:] = 30.0
    return with_columns(long_market(), VIX=vix)


@pytest.mark.playbook("003-9")
@pytest.mark.parametrize(("later", "is_due"), [(20, False), (21, True)])
def test_the_band_settles_on_the_second_close_and_is_reviewed_twenty_sessions_on(
    later: int, *, is_due: bool
) -> None:
    found = advice_at(START + later, history=high_from(START))
    told = row(found, TEMPORARY)
    settled = START + 1  # regime.hold_closes 2
    first = int(np.searchsorted(calendar().days, np.datetime64("2010-01-04")))
    assert told.says is Says.ON
    assert told.since == calendar().days[first + settled].item()
    review = calendar().days[first + settled + 20].item()
    assert told.reason == (
        f"session {later} of 20, reviewed at the close of {review}; then step down to 12 to 18 % of the notional"
    )
    due = of(found, TEMPORARY)
    assert bool(due) is is_due
    if due:
        assert due[0].gain is not None
        assert due[0].gain.value == pytest.approx(400_000 * 0.18)
        assert due[0].ticket == ()


def test_below_the_band_there_is_no_timer() -> None:
    assert row(advice_at(START - 1, history=high_from(START)), TEMPORARY).says is Says.OFF


def stable_session(*, is_stable: bool) -> int:
    edr = long_past().measured.edr_pct
    return next(s for s in range(300, 2000) if bool(abs(edr[s] - edr[s - 5]) < 0.02) is is_stable)


@pytest.mark.playbook("000-21")
def test_a_decayed_short_leg_is_proposed_with_its_worst_case_when_edr_is_stable() -> None:
    session = stable_session(is_stable=True)
    capped = layer_at(2, session - 10, close_of(session - 10), leg="-4 VIX {expiry} C {strike} @ 9.00")
    (one,) = of(advice_at(session, capped), STABLE)
    (fill,) = (proposed.fill for proposed in one.ticket)
    assert fill.quantity == 4
    assert one.gain is not None
    assert one.gain.value == pytest.approx(4 * 100 * (9.00 - float(fill.price or 0)))
    assert one.notes == ("worst case of keeping it: no limit, the short call is naked",)
    restless = stable_session(is_stable=False)
    moved = layer_at(2, restless - 10, close_of(restless - 10), leg="-4 VIX {expiry} C {strike} @ 9.00")
    assert of(advice_at(restless, moved), STABLE) == []


def test_the_worst_case_of_a_capped_spread_is_its_width() -> None:
    texts = ("-4 VIX 2018-03-21 C 20 @ 2.00", "+4 VIX 2018-03-21 C 30 @ 0.80")
    fills = tuple(DatedFill(parse_fill(text), close_of(10), 1, "open") for text in texts)
    spread = Layer(fills, Decimal(480), Decimal(0), number=2)
    told = worst_case(spread, spread.legs[0])
    assert told == "worst case of keeping it: $4,000 from its strike on, capped at 30"
    put = Layer((DatedFill(parse_fill("-2 VIX 2018-03-21 P 15 @ 0.50"), close_of(10), 1, "open"),), number=2)
    assert worst_case(put, put.legs[0]) == "worst case of keeping it: $3,000, VIX at zero"


def test_a_short_that_has_not_decayed_is_left_alone() -> None:
    edr = long_past().measured.edr_pct
    stable = [s for s in range(300, 2000) if abs(edr[s] - edr[s - 5]) < 0.02]
    dearer = next(found for s in stable if value_of(found := advice_at(s, short_at(s))) > 1.00)
    assert row(dearer, STABLE).says is Says.ON
    assert of(dearer, STABLE) == []


def short_at(session: int) -> Layer:
    return layer_at(2, session - 10, close_of(session - 10), leg="-4 VIX {expiry} C {strike} @ 1.00")


def value_of(found: Advice) -> float:
    """Return what the short call is worth: the price at which leaving everything would buy it back."""
    (leaving,) = of(found, LAST)
    return float(leaving.ticket[0].fill.price or 0) if leaving.ticket else 0.0
