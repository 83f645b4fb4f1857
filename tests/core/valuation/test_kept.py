"""Does a kept value hold exactly while what it was made of is the same?"""

from core.valuation.kept import Kept


def test_a_value_is_made_once_while_its_objects_are_the_very_same() -> None:
    kept, made, one, other = Kept(), [], [1], [1]

    def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [kept.of("a", (one,), make), kept.of("a", (one,), make)] == [0, 0]
    assert kept.of("a", (other,), make) == 1  # equal, but another object
    assert kept.of("a", (one,), make) == 2  # only the last one is kept
    assert kept.of("b", (one,), make) == 3


def test_what_is_compared_by_value_may_be_another_object() -> None:
    kept, book = Kept(), object()
    assert kept.of("a", (book,), lambda: "first", equal=(0.045, ("SPX",))) == "first"
    assert kept.of("a", (book,), lambda: "second", equal=(0.045, ("SPX",))) == "first"
    assert kept.of("a", (book,), lambda: "second", equal=(0.05, ("SPX",))) == "second"
    assert kept.of("a", (book, book), lambda: "third", equal=(0.05, ("SPX",))) == "third"
