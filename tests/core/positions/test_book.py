"""Does the book find what it holds, in the order of its numbers?"""

from decimal import Decimal

from core.market.times import parse_moment
from core.positions.book import Book, Condor, Layer
from core.positions.filling import filled
from core.positions.leg import OPEN, parse_fill

AT = parse_moment("2018-01-10 10:00")
CALL = parse_fill("+4 VIX 2018-03-21 C 25 @ 1.20")


def layer(number: int, condor_id: int | None, is_open: bool = True) -> Layer:
    empty = Layer(number=number, condor_id=condor_id, cash=Decimal(-480), fees=Decimal("2.5"))
    return filled(empty, AT, OPEN, [CALL]) if is_open else empty


def test_layers_are_found_by_number_and_by_condor() -> None:
    held = [layer(2, None), layer(1, 7), layer(1, None), layer(2, 7, is_open=False)]
    book = Book(layers={(one.number, one.condor_id): one for one in held})
    assert [(one.number, one.condor_id) for one in book.layers_numbered(1)] == [(1, None), (1, 7)]
    assert [one.number for one in book.layers_of(7)] == [1, 2]
    assert [(one.number, one.condor_id) for one in book.open_layers] == [(1, None), (1, 7), (2, None)]
    assert held[0].net_cash == Decimal("-482.5")


def test_a_condor_knows_its_wings_and_whether_it_is_whole() -> None:
    texts = ("+1 SPX 2018-02-16 P 2590 @ 3", "-1 SPX 2018-02-16 P 2625 @ 4", "-1 SPX 2018-02-16 C 2825 @ 5")
    three = filled(Condor(id=2), AT, OPEN, [parse_fill(text) for text in texts])
    assert (three.wings, three.is_complete, three.quantity) == ((35, None), False, 1)
    four = filled(three, AT, OPEN, [parse_fill("+1 SPX 2018-02-16 C 2850 @ 2")])
    assert (four.wings, four.is_complete) == ((35, 25), True)
    assert four.leg("P", -1).contract.strike == 2625
    book = Book(condors={2: four, 1: Condor(id=1)})
    assert [condor.id for condor in book.open_condors] == [2]
