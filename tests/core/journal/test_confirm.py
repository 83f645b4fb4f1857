"""Is an act that was drafted on an older book caught before it is written?"""

import pytest

from core.journal import acts
from core.journal.acts import ActRefusedError
from core.journal.confirm import confirm
from core.journal.entry import Draft
from tests.core.journal.desk import Desk, d, legs

CALLS, OUT = "+4 VIX 2018-03-21 C 25 @ 1.20", "-4 VIX 2018-03-21 C 25 @ 2.00"


def check(desk: Desk, draft: Draft) -> None:
    confirm(desk.book, draft.kind, draft.event_time, draft.body)


def test_a_draft_that_fits_is_confirmed() -> None:
    desk = Desk()
    for act, given in (
        (acts.open_condor, {}),
        (acts.open_layer, {"fills": legs(CALLS)}),
        (acts.roll_condor, {}),
        (acts.roll_layer, {"close_fills": legs(OUT), "open_fills": legs(CALLS)}),
        (acts.name_layer, {}),
        (acts.state_account, {}),
        (acts.close_layer, {"fills": legs(OUT)}),
    ):
        draft = desk.draft(act, **given)
        check(desk, draft)
        desk.take(draft)
    assert desk.book.last_seq == 7


def test_two_closes_of_the_same_contracts_do_not_both_fit() -> None:
    desk = Desk()
    desk.do(acts.open_layer, fills=legs(CALLS))
    first, second = (desk.draft(acts.close_layer, fills=legs(OUT)) for _ in range(2))
    desk.take(first)
    with pytest.raises(ActRefusedError, match=r"^leg: VIX 2018-03-21 C 25 is not held"):
        check(desk, second)


def test_two_new_condors_do_not_share_a_number() -> None:
    desk = Desk()
    first, second = (desk.draft(acts.open_condor) for _ in range(2))
    desk.take(first)
    with pytest.raises(ActRefusedError, match=r"^condor_id: condor 1 exists"):
        check(desk, second)


def test_a_close_of_a_condor_that_is_not_there_does_not_fit() -> None:
    desk = Desk()
    desk.do(acts.open_condor)
    draft = desk.draft(acts.close_condor)
    with pytest.raises(ActRefusedError, match=r"^condor_id: condor 1 is unknown"):
        check(Desk(), draft)


def test_cash_that_is_not_that_of_the_fills_does_not_fit() -> None:
    desk = Desk()
    draft = desk.draft(acts.open_layer, fills=legs(CALLS))
    body = dict(draft.body) | {"cash_e8": draft.body["cash_e8"] + 1}
    with pytest.raises(ActRefusedError, match=r"^cash: "):
        confirm(desk.book, draft.kind, draft.event_time, body)
    assert draft.body["cash_e8"] == -48000000000 == int(d("-480") * 10**8)
