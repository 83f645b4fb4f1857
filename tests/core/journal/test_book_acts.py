"""Are notes, the account and acknowledged alerts kept, and is nonsense refused with its field?"""

from datetime import timedelta

import pytest

from core.journal import acts
from core.journal.acts import ActRefusedError
from core.positions.book import Account
from tests.core.journal.desk import MORNING, Desk, d


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_note_changes_nothing_but_is_an_entry(desk: Desk) -> None:
    desk.do(acts.open_condor)
    before = desk.book.condors[1]
    entry = desk.do(acts.write_note, text="watch CPI", condor_id=1, layer=3)
    assert (entry.note, entry.body) == ("watch CPI", {"condor": 1, "layer": 3})
    assert desk.book.condors[1] == before
    assert desk.book.last_seq == 2


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("text", {"text": " "}),
        ("text", {"text": "\0"}),
        ("condor_id", {"text": "x", "condor_id": 1}),
        ("number", {"text": "x", "layer": 5}),
    ],
)
def test_a_note_about_nothing_is_refused(desk: Desk, field: str, given: dict) -> None:
    with pytest.raises(ActRefusedError, match=f"^{field}: "):
        desk.draft(acts.write_note, **given)


def test_the_account_is_the_one_stated_for_the_latest_moment(desk: Desk) -> None:
    later = MORNING + timedelta(days=2)
    desk.do(acts.state_account, margin=d("40000.5"), at=later)
    stated = Account(later, d("250000"), d("100000"), d("1000000"), d("40000.5"))
    assert desk.book.account == stated
    desk.do(acts.state_account, equity=d("-1"), at=MORNING)  # entered afterwards, about an earlier day
    assert desk.book.account == stated
    desk.do(acts.state_account, equity=d("260000"), at=later)
    assert desk.book.account == Account(later, d("260000"), d("100000"), d("1000000"), None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("equity", "NaN"),
        ("cash", "Infinity"),
        ("notional", "0"),
        ("notional", "-1"),
        ("margin", "-1"),
        ("cash", "1e11"),
    ],
)
def test_an_account_that_is_none_is_refused(desk: Desk, field: str, value: str) -> None:
    with pytest.raises(ActRefusedError, match=f"^{field}: "):
        desk.draft(acts.state_account, **{field: d(value)})


def test_an_alert_that_was_seen_is_remembered(desk: Desk) -> None:
    desk.do(acts.acknowledge, note="rolled already")
    desk.do(acts.acknowledge, alert_key="stale-VIX")
    assert desk.book.acknowledged == {"rung-5", "stale-VIX"}
    for key in ("", "x" * 201):
        with pytest.raises(ActRefusedError, match=r"^alert_key: "):
            desk.draft(acts.acknowledge, alert_key=key)
