"""Is the engine fed with the market and the book of the moment, and is every null of its record explained?"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from core.journal import acts
from core.measures.breadth import DivergenceKind, Grade
from core.monitor.held_now import held_now
from core.monitor.sizing_now import NoCondorError, sizing_now, warning_of
from core.monitor.sizing_record import sizing_record
from core.playbook.sizing import Sizing
from tests.core.histories import NAN, measured_of
from tests.core.journal.desk import Desk, d, legs
from tests.core.monitor.scene import SESSIONS, close_of, facts, market, open_of, quote, with_last
from tests.core.playbooks import preset, preset_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.state import Facts

LAST = SESSIONS - 1


def book_of(*, account: bool = True) -> Any:
    """Two condors 25 points wide, three and one of them, a layer of the first and one of the book."""
    desk = Desk()
    at = datetime(2010, 6, 1, 15, 0, tzinfo=UTC)
    terms = {"at": at, "expiry": date(2010, 8, 20), "calls": (d("2225"), d("2250"))}
    desk.do(acts.open_condor, puts=(d("1700"), d("1725")), quantity=3, **terms)
    desk.do(acts.open_condor, puts=(d("1600"), d("1625")), quantity=1, **terms)
    desk.do(acts.open_layer, fills=legs("+2 VX 2010-08-18 @ 25.10"), condor_id=1, at=at)
    desk.do(acts.open_layer, number=2, fills=legs("+1 VX 2010-08-18 @ 25.10"), at=at)
    if account:
        desk.do(acts.state_account, equity=d("200000"), cash=d("100000"), notional=d("300000"), at=at)
    return desk.book


def at_close(name: str = "composite", **more: Any) -> Facts:
    return facts(close_of(LAST), playbook=preset(name), book=more.pop("book", None) or book_of(), **more)


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from leaves(value, f"{path}.{index}")
    else:
        yield path, node


def test_the_whole_book_and_one_condor() -> None:
    whole, one = sizing_now(at_close()), sizing_now(at_close(), 1)
    assert isinstance(whole.sizing, Sizing)
    assert isinstance(one.sizing, Sizing)
    risk = {3: 3 * (25 - 5.20) * 100, 1: (25 - 5.20) * 100}  # the desk's condors are sold for 5.20
    assert whole.sizing.risk.value == pytest.approx(risk[3] + risk[1])
    assert one.sizing.risk.value == pytest.approx(risk[3])
    assert whole.sizing.notional.value == 300_000
    assert one.sizing.notional.value == pytest.approx(300_000 * 3 / 4)
    assert whole.sizing.design_spx.value == 1700
    vx = market().column("VX1")[LAST]
    # 2010-07-23: VX1 expires on August 18
    assert whole.held.value == pytest.approx(3 * 1000 * vx)
    assert one.held.value == pytest.approx(2 * 1000 * vx)


def test_a_condor_that_is_not_open_is_refused() -> None:
    with pytest.raises(NoCondorError, match="no condor 7 is open at 2010-07-23 20:00 UTC"):
        sizing_now(at_close(), 7)


def test_quotes_of_now_move_the_size() -> None:
    typed = open_of(SESSIONS, 60)
    live = facts(open_of(SESSIONS, 61), quote("SPX", 1900.0, typed), quote("VIX", 40.0, typed), book=book_of())
    found = sizing_now(live).sizing
    assert isinstance(found, Sizing)
    band = next(wish for wish in found.wishes if wish.rule == "regime")
    assert (band.low.value, band.high.value) == pytest.approx((75_000, 105_000))
    assert found.reached[1].vix.value == pytest.approx(min(40 * (1700 / 1900) ** -4.5, 90))


@pytest.mark.parametrize(
    ("kind", "grade", "warning"),
    [
        (DivergenceKind.SLOPE, Grade.MINOR, Grade.MINOR),
        (DivergenceKind.BEARISH, Grade.UNKNOWN, Grade.UNKNOWN),
        (DivergenceKind.BULLISH, Grade.PRONOUNCED, Grade.NONE),
        (DivergenceKind.NONE, Grade.NONE, Grade.NONE),
        (DivergenceKind.UNKNOWN, Grade.UNKNOWN, Grade.UNKNOWN),
    ],
)
def test_only_a_bearish_or_slope_divergence_warns(kind: int, grade: int, warning: Grade) -> None:
    assert warning_of(measured_of(divergence=[kind], divergence_grade=[grade])) is warning


GAPS = {"VIX": NAN, "SPX": NAN, "VIX9D": NAN, "VX1": NAN}


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("missing", ["", "VIX", "SPX", "VIX9D", "VX1", "account", "book"])
def test_every_null_of_the_record_has_its_reason_and_no_number_is_nan(name: str, missing: str) -> None:
    history = with_last(market(), **{missing: NAN}) if missing in GAPS else market()
    book = Desk().book if missing == "book" else book_of(account=missing != "account")
    seen = at_close(name, history=history, book=book)
    record = sizing_record(seen, sizing_now(seen), held_now(seen))
    values = dict(leaves({key: value for key, value in record.items() if key != "unknown"}))
    assert {path for path, value in values.items() if value is None} == set(record["unknown"])
    assert all(record["unknown"].values())
    assert all(math.isfinite(value) for value in values.values() if isinstance(value, float))
    assert (record["sized"] is None) == (missing in {"VIX", "SPX", "book"})


def test_without_any_curve_nothing_is_priced_on_spot() -> None:
    nothing = {f"VX{n}": np.full(SESSIONS, NAN) for n in range(1, 9)}
    from tests.core.monitor.scene import with_columns

    seen = at_close(history=with_columns(market(), **nothing))
    record = sizing_record(seen, sizing_now(seen), held_now(seen))
    assert record["unknown"]["sized"].startswith("no VX curve")
    assert record["unknown"]["held"].startswith("VX 2010-08-18: no VX")
