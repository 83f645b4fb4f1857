"""Do the money measures see their own moment alone, and value what is open as the risk picture does?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from core.journal import acts
from core.journal.fold import fold_as_of
from core.journal.undo import draft_undo
from core.monitor.money_now import Quoted, money_facts, money_now
from core.monitor.risk import risk
from core.monitor.sizing_now import sizing_now
from tests.core.journal.desk import Desk, d, legs
from tests.core.monitor.scene import SESSIONS, close_of, facts

if TYPE_CHECKING:
    from core.journal.entry import Entry
    from core.state import Facts

OPENED = datetime(2010, 6, 1, 15, 0, tzinfo=UTC)
NOW = close_of(SESSIONS - 1)
TERMS = {"at": OPENED, "expiry": date(2010, 8, 20), "puts": (1700, 1725), "calls": (2225, 2250), "quantity": 3}


def _book() -> Desk:
    """Three condors, two VX futures of the first, one of the book: what both engines can value."""
    desk = Desk()
    wings = {name: tuple(d(str(strike)) for strike in TERMS[name]) for name in ("puts", "calls")}  # type: ignore[attr-defined]
    desk.do(acts.open_condor, **{**TERMS, **wings})
    desk.do(acts.open_layer, fills=legs("+2 VX 2010-08-18 @ 25.10"), condor_id=1, at=OPENED)
    desk.do(acts.open_layer, number=2, fills=legs("+1 VX 2010-08-18 @ 25.10"), at=OPENED)
    desk.do(acts.state_account, equity=d("200000"), cash=d("100000"), notional=d("300000"), at=OPENED)
    return desk


def _facts(desk: Desk, now: datetime = NOW) -> Facts:
    return facts(now, book=fold_as_of(desk.entries, now))


def test_each_holding_is_worth_what_the_risk_picture_says() -> None:
    found = money_facts(_facts(_book()), _book().entries, Quoted())
    seen = risk(_facts(_book()))
    by_name = {(row.group, row.name): row.value.value for row in seen.greeks}
    condors = sum(value for (group, _), value in by_name.items() if group == "condors" and value is not None)
    values = {owner: figure.value for owner, figure in found.now_values.dollars.items()}
    assert values[None, 1] == pytest.approx(condors, rel=1e-9)
    layers = sorted(value for (group, _), value in by_name.items() if group == "layer" and value is not None)
    # the picture takes off what the futures were opened at, 25.10 x 1,000 each; the flows do so later on
    mine = [(values[1, 1] or 0.0) - 50_200.0, (values[2, None] or 0.0) - 25_100.0]
    assert sorted(mine) == pytest.approx(layers, rel=1e-9)


def test_exposure_target_and_worst_are_those_of_the_size() -> None:
    found, sized = money_facts(_facts(_book()), _book().entries, Quoted()), sizing_now(_facts(_book()))
    assert found.exposure.value == sized.held.value
    assert found.target.value == sized.sizing.target.value  # type: ignore[union-attr]
    # three condors, 25 points wide, sold for 5.20
    assert found.worst.value == pytest.approx(-3 * (25 - 5.20) * 100)


def test_held_to_the_end_the_condors_settle_at_the_same_spx() -> None:
    found = money_facts(_facts(_book()), _book().entries, Quoted()).hold_values
    assert found.day == date(2010, 8, 20)
    spx = risk(_facts(_book())).spx.value
    assert spx is not None
    assert spx < 1700  # below the long puts: the whole wing is to be paid
    assert found.dollars[None, 1].value == pytest.approx(-3 * 25 * 100, abs=1e-6)


@pytest.mark.parametrize("kind", ["later", "undone"])
def test_what_comes_later_or_was_undone_changes_nothing(kind: str) -> None:
    desk = _book()
    before = money_now(_facts(desk), desk.entries)
    after = _with(desk, kind)
    assert money_now(_facts(_book()), after) == before


def _with(desk: Desk, kind: str) -> list[Entry]:
    """Return the entries with a sale that is later than now, or one before now that was taken back."""
    when = datetime(2030, 1, 3, 15, 0, tzinfo=UTC) if kind == "later" else OPENED
    sold = desk.do(acts.open_layer, number=3, fills=legs("+9 VXX @ 30.00"), at=when)
    if kind == "undone":
        from core.journal.chain import link
        from core.journal.entry import Stamp

        (draft,) = draft_undo(desk.entries)
        undone = link(draft, Stamp(), seq=sold.seq + 1, prev=sold.hash, recorded_at=NOW)
        return [*desk.entries, undone]
    return desk.entries


def test_the_future_of_the_book_cannot_be_seen_from_an_earlier_close() -> None:
    desk = _book()
    early = close_of(SESSIONS - 20)
    assert money_now(_facts(desk, early), desk.entries).as_of == early
    assert money_now(_facts(desk, datetime(2010, 5, 28, 21, 0, tzinfo=UTC)), desk.entries).carry == ()
