"""Does a risk picture count what is held, and is a ticket on paper what it would be once entered?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.journal import acts
from core.monitor.risk_book import asked_book, counted, with_ticket
from core.monitor.sizing_now import NoCondorError
from core.positions.leg import LegRefusedError
from core.refusal import RefusedError
from core.risk_state import ProposedFill, RiskAsked
from tests.core.journal.desk import MORNING, VIX_MARCH, Desk, d, legs

if TYPE_CHECKING:
    from core.positions.book import Holding

LATER = MORNING + timedelta(hours=1)
CALL, FUTURE = f"VIX {VIX_MARCH} C 25", f"VX {VIX_MARCH}"


def desk_of_three() -> Desk:
    """Two condors; layer 1 of the first, layer 2 of the book, layer 3 of the second, which is closed again."""
    desk = Desk()
    desk.do(acts.open_condor)
    desk.do(acts.open_condor, quantity=2, puts=(d("2500"), d("2525")))
    desk.do(acts.open_layer, number=1, fills=legs(f"+4 {CALL} @ 1.20"), condor_id=1)
    desk.do(acts.open_layer, number=2, fills=legs(f"+1 {FUTURE} @ 15.10"))
    desk.do(acts.open_layer, number=3, fills=legs(f"+2 {CALL} @ 1.20"), condor_id=2)
    desk.do(acts.close_layer, number=3, fills=legs(f"-2 {CALL} @ 2.00"), condor_id=2)
    return desk


def test_the_book_counts_all_of_its_condors_layers_and_one_condor_only_its_own() -> None:
    book = desk_of_three().book
    whole, first, second = counted(book), counted(book, 1), counted(book, 2)
    assert [one.id for one in whole.condors] == [1, 2]
    assert [(one.number, one.condor_id) for one in whole.layers] == [(1, 1), (2, None), (3, 2)]
    assert [(one.number, one.condor_id) for one in first.layers] == [(1, 1)]
    assert [(one.number, one.net_cash) for one in second.layers] == [(3, d("160"))]  # 2 x 100 x (2.00 - 1.20)
    assert whole.numbers == (1, 2)  # what is closed holds nothing, though its cash counts


def test_what_a_layer_of_the_book_realised_before_it_was_flat_does_not_count_again() -> None:
    desk = desk_of_three()
    desk.do(acts.close_layer, number=2, fills=legs(f"-1 {FUTURE} @ 16.10"))
    desk.do(acts.open_layer, number=2, fills=legs(f"+3 {CALL} @ 1.00"))
    (layer,) = counted(desk.book).with_layers(frozenset({2})).layers
    assert layer.net_cash == d("-300")


def test_only_the_layers_asked_for_count() -> None:
    book = desk_of_three().book
    found = asked_book(book, RiskAsked(layers=frozenset({2})), LATER)
    assert [one.number for one in found.layers] == [2]
    assert not asked_book(book, RiskAsked(layers=frozenset()), LATER).layers
    with pytest.raises(NoCondorError, match="no condor 7 is open"):
        asked_book(book, RiskAsked(condor_id=7), LATER)


def same(one: Holding, other: Holding) -> bool:
    legs_of = [[(leg.contract, leg.quantity, leg.price) for leg in each.legs] for each in (one, other)]
    return legs_of[0] == legs_of[1] and (one.sunk, one.earlier_cash) == (other.sunk, other.earlier_cash)


def test_a_ticket_on_paper_is_what_the_journal_makes_of_it() -> None:
    desk = desk_of_three()
    texts = {
        (1, 1): (f"-1 {CALL} @ 1.90", f"+2 {FUTURE} @ 15.50"),
        (2, None): (f"-1 {FUTURE} @ 15.60", f"-1 {CALL} @ 1.30"),
        (4, None): (f"+5 {CALL} @ 1.35",),
    }
    ticket = tuple(
        ProposedFill(fill, number, condor) for (number, condor), words in texts.items() for fill in legs(*words)
    )
    paper = with_ticket(desk.book, ticket, LATER)
    desk.do(acts.close_layer, number=1, fills=legs(texts[1, 1][0]), condor_id=1, at=LATER)
    desk.do(acts.open_layer, number=1, fills=legs(texts[1, 1][1]), condor_id=1, at=LATER)
    rolled = {"close_fills": legs(texts[2, None][0]), "open_fills": legs(texts[2, None][1])}
    desk.do(acts.roll_layer, number=2, at=LATER, **rolled)
    desk.do(acts.open_layer, number=4, fills=legs(texts[4, None][0]), at=LATER)
    assert paper.layers.keys() == desk.book.layers.keys()
    assert all(same(paper.layers[key], desk.book.layers[key]) for key in paper.layers)


def test_a_sale_beyond_what_is_held_closes_it_and_opens_the_rest() -> None:
    book = desk_of_three().book
    ticket = (ProposedFill(legs(f"-6 {CALL} @ 2.20")[0], 1, 1),)
    layer = with_ticket(book, ticket, LATER).layers[1, 1]
    assert [(leg.quantity, leg.price) for leg in layer.legs] == [(-2, d("2.20"))]
    assert layer.cash == d("840")  # -4 x 120 + 6 x 220


def test_a_new_condor_may_be_proposed_and_an_ownerless_or_unpriced_fill_not() -> None:
    book = desk_of_three().book
    new = tuple(ProposedFill(fill, condor_id=9) for fill in legs("-1 SPX 2018-02-16 P 2600 @ 12.10"))
    found = asked_book(book, RiskAsked(condor_id=9, ticket=new), LATER)
    assert [(one.id, one.cash) for one in found.condors] == [(9, d("1210"))]
    with pytest.raises(RefusedError, match="belongs to no layer and no condor"):
        with_ticket(book, (ProposedFill(new[0].fill),), LATER)
    bare = ProposedFill(type(new[0].fill)(new[0].fill.contract, -1), condor_id=9)
    with pytest.raises(LegRefusedError, match="no price"):
        with_ticket(book, (bare,), LATER)
