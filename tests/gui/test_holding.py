"""Does a key find its holding, and name it?"""

from gui.holding import HoldingKey, holding_in
from tests.gui.states import BOOK, CONDOR_1, LAYER_1, LAYER_4


def test_a_key_finds_condors_and_layers_of_both_kinds() -> None:
    assert holding_in(BOOK, HoldingKey(1)) is CONDOR_1
    assert holding_in(BOOK, HoldingKey(1, 1)) is LAYER_1
    assert holding_in(BOOK, HoldingKey(0, 4)) is LAYER_4
    assert holding_in(BOOK, HoldingKey(7)) is None
    assert holding_in(BOOK, HoldingKey(1, 3)) is None


def test_a_key_has_words() -> None:
    assert HoldingKey(3).title == "condor 3"
    assert HoldingKey(3, 2).title == "layer 2 of condor 3"
    assert HoldingKey(0, 4).title == "layer 4 of the book"
    assert HoldingKey(0, 4).of_condor is None
