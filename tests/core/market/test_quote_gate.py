"""Which quotes may reach a calculation? Cases worked out by hand around 2018-02-05, and real crashes."""

import csv
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

from core.market.quote import Quote
from core.market.quote_gate import BOUNDS, CONFIRM_S, MAX_SET_ASIDE, Admitted, admit, refuse
from core.market.series import History
from tests.core.market.exchange import calendar, real_file, utc

FIRST = int(np.searchsorted(calendar().days, np.datetime64("2018-02-01")))
CLOSES = {"SPX": np.array([2821.98, 2762.13]), "VIX": np.array([13.47, 17.31])}
HISTORY = History(calendar(), FIRST, 2, CLOSES, {})
OPEN = utc("2018-02-05T14:30")


def spx(value: float, seconds: float, source: str = "typed") -> Quote:
    return Quote("SPX", value, OPEN + timedelta(seconds=seconds), source)


def values(held: Admitted, symbol: str = "SPX") -> list[float]:
    return [quote.value for quote in held.quotes.get(symbol, ())]


def reasons(held: Admitted) -> list[str]:
    return [one.reason for one in held.set_aside]


def test_a_plain_tick_is_admitted() -> None:
    held = admit(Admitted(), [spx(2741.0, 1), spx(2740.5, 2)], HISTORY)
    assert values(held) == [2741.0, 2740.5]
    assert held.set_aside == ()


def test_a_jump_from_the_close_is_held_back_with_the_reason() -> None:
    held = admit(Admitted(), [spx(27410.0, 1)], HISTORY)
    assert values(held) == []
    assert reasons(held) == [
        (
            "SPX 27,410.00 is +892 % from 2,762.13, close of 2018-02-02: "
            "held back until a second one within 60 s says the same"
        )
    ]


@pytest.mark.parametrize(
    ("value", "passes"), [(3452.66, True), (3452.67, False), (2071.60, True), (2071.59, False)]
)
def test_the_bound_of_spx_is_a_quarter_up_and_down(value: float, passes: bool) -> None:
    # 2762.13 x 1.25 = 3452.6625; x 0.75 = 2071.5975
    assert bool(values(admit(Admitted(), [spx(value, 1)], HISTORY))) is passes


def test_a_jump_from_the_last_quote_is_held_back_and_the_next_plain_tick_is_not() -> None:
    held = admit(Admitted(), [spx(2741.0, 1), spx(274.1, 2), spx(2740.0, 3)], HISTORY)
    assert values(held) == [2741.0, 2740.0]
    assert reasons(held)[0].startswith("SPX 274.10 is -90 % from 2,741.00, quote of 02-05 09:30:01: ")


def test_a_second_quote_within_a_minute_confirms_and_only_it_counts() -> None:
    held = admit(Admitted(), [spx(2741.0, 1), spx(1900.0, 10), spx(1905.0, 10 + CONFIRM_S)], HISTORY)
    assert values(held) == [2741.0, 1905.0]
    assert held.set_aside == ()
    after = admit(held, [spx(1910.0, 200)], HISTORY)
    assert values(after) == [2741.0, 1905.0, 1910.0]


def test_a_second_one_that_is_too_late_or_says_something_else_confirms_nothing() -> None:
    late = admit(Admitted(), [spx(1900.0, 10), spx(1905.0, 10.001 + CONFIRM_S)], HISTORY)
    other = admit(Admitted(), [spx(1900.0, 10), spx(19000.0, 20)], HISTORY)
    assert (values(late), len(late.set_aside)) == ([], 2)
    assert (values(other), len(other.set_aside)) == ([], 2)


def test_the_same_quote_twice_does_not_confirm_itself() -> None:
    held = admit(Admitted(), [spx(1900.0, 10), spx(1900.0, 10)], HISTORY)
    assert (values(held), len(held.set_aside)) == ([], 1)
    corrected = admit(held, [spx(1910.0, 10)], HISTORY)
    assert (values(corrected), len(corrected.set_aside)) == ([], 2)
    from_elsewhere = admit(held, [spx(1910.0, 10, "feed")], HISTORY)
    assert values(from_elsewhere) == [1910.0]


def test_a_corrected_suspect_is_over() -> None:
    held = admit(Admitted(), [spx(27410.0, 10), spx(2741.0, 10)], HISTORY)
    assert values(held) == [2741.0]
    assert held.set_aside == ()


def test_a_quote_that_comes_after_a_later_one_stands_at_its_own_time_and_is_named() -> None:
    held = admit(Admitted(), [spx(2741.0, 1), spx(2730.0, 60), spx(2735.0, 30)], HISTORY)
    assert values(held) == [2741.0, 2735.0, 2730.0]
    assert [quote.is_late for quote in held.quotes["SPX"]] == [False, True, False]
    assert reasons(held) == [
        "SPX 2,735.00 of 02-05 09:30:30 came after one of 02-05 09:31:00: kept, not shown as the last"
    ]


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    held = admit(Admitted(), [spx(2741.0, 1), spx(2714.0, 1), spx(2700.0, 1, "feed")], HISTORY)
    assert [(quote.value, quote.source) for quote in held.quotes["SPX"]] == [(2714.0, "typed"), (2700.0, "feed")]


def test_without_anything_to_compare_with_a_quote_is_taken_as_it_is() -> None:
    assert values(admit(Admitted(), [spx(9.0, 1)], History(calendar(), 0, 0))) == [9.0]
    long_after = Quote("SPX", 5012.0, utc("2024-01-10T15:00"))
    assert values(admit(Admitted(), [long_after], HISTORY)) == [5012.0]
    other = Quote("XYZ", 5.0, OPEN)
    assert values(admit(admit(Admitted(), [other], HISTORY), [Quote("XYZ", 500.0, OPEN)], HISTORY), "XYZ") == [
        500.0
    ]


def test_a_close_of_two_sessions_ago_is_still_compared_with() -> None:
    tuesday = Quote("SPX", 27410.0, utc("2018-02-06T15:00"))  # the close of Monday is missing
    wednesday = Quote("SPX", 27410.0, utc("2018-02-07T15:00"))
    assert len(admit(Admitted(), [tuesday], HISTORY).set_aside) == 1
    assert admit(Admitted(), [wednesday], HISTORY).set_aside == ()


def test_a_later_close_counts_more_than_an_older_quote() -> None:
    evening = Quote("SPX", 2000.0, utc("2018-02-02T20:59"))  # accepted for want of a close before it
    bare = History(calendar(), FIRST + 1, 1, {"SPX": np.array([2762.13])}, {})
    held = admit(Admitted(), [evening, spx(3000.0, 1)], bare)
    assert values(held) == [2000.0, 3000.0]  # +50 % from the quote, +9 % from the close after it


def test_one_by_one_in_batches_or_all_at_once_comes_to_the_same() -> None:
    random = np.random.default_rng(7)
    coming = [
        spx(float(v), float(s), str(src))
        for v, s, src in zip(
            random.choice([2700.0, 2705.0, 270.0, 27000.0, 1500.0], 300),
            random.integers(0, 900, 300),
            random.choice(["typed", "feed"], 300),
            strict=True,
        )
    ]
    whole, single, halves = admit(Admitted(), coming, HISTORY), Admitted(), Admitted()
    for quote in coming:
        single = admit(single, [quote], HISTORY)
    for part in (coming[:137], coming[137:]):
        halves = admit(halves, part, HISTORY)
    assert whole == single == halves
    assert sum(len(series) for series in whole.quotes.values()) > 20
    assert 20 < len(whole.set_aside) <= MAX_SET_ASIDE
    assert admit(whole, coming[-1:], HISTORY).quotes == whole.quotes


@pytest.mark.parametrize(("name", "symbol"), [("VIX", "VIX"), ("VIX9D", "VIX9D"), ("spx", "SPX")])
def test_no_real_day_since_1990_is_held_back(name: str, symbol: str) -> None:
    """The opens, highs, lows and closes of every day as quotes, against the closes before."""
    file = real_file("daily/spx_ohlc_1990_2021.csv" if name == "spx" else f"daily/{name}_History.csv")
    with file.open(encoding="utf-8") as lines:
        rows = [{key.lower(): text for key, text in row.items()} for row in csv.DictReader(lines)]
    low, high = BOUNDS[symbol]
    held_back = {
        (row["date"], field)
        for before, row in pairwise(rows)
        for field in ("open", "high", "low", "close")
        if not low <= float(row[field]) / float(before["close"]) <= high
    }
    misprints = {
        ("11/08/2004", "open"),
        ("07/25/2005", "high"),
        ("02/08/2006", "open"),
    }  # outside high and low, or a 3 for a 1
    assert held_back == (misprints if symbol == "VIX" else set())


def test_words_that_were_no_quote_are_kept_among_those_set_aside() -> None:
    held = refuse(Admitted(), ["SPX: 'nan' is not a price"], OPEN)
    assert reasons(held) == ["SPX: 'nan' is not a price"]
    assert held.set_aside[0].quote is None
    many = refuse(held, (f"reason {n}" for n in range(200)), OPEN)
    assert reasons(many)[-1] == "reason 199"
    assert len(many.set_aside) == MAX_SET_ASIDE


def slowly(coming: list[Quote]) -> tuple[list[Quote], list[tuple[Quote, bool]]]:
    """The rules once more, written down plainly for one symbol: what is shown by time, and what is set aside."""
    shown: list[Quote] = []
    aside: list[tuple[Quote, bool]] = []
    for quote in coming:
        if any((quote.time, quote.source, quote.value) == (o.time, o.source, o.value) for o in shown):
            continue
        if any((quote.time, quote.source, quote.value) == (o.time, o.source, o.value) for o, _ in aside):
            continue
        before = [(utc("2018-02-02T21:00"), 2762.13), *((o.time, o.value) for o in shown if o.time < quote.time)]
        reference = before[-1][1]
        agrees = any(
            (o.time, o.source) != (quote.time, quote.source)
            and abs((quote.time - o.time).total_seconds()) <= 60
            and 0.75 <= quote.value / o.value <= 1.25
            for o, is_suspect in aside
            if is_suspect
        )
        if not 0.75 <= quote.value / reference <= 1.25 and not agrees:
            aside.append((quote, True))
            continue
        aside = [
            (o, is_suspect)
            for o, is_suspect in aside
            if not is_suspect
            or not (
                (o.time, o.source) == (quote.time, quote.source)
                or (abs((quote.time - o.time).total_seconds()) <= 60 and 0.75 <= quote.value / o.value <= 1.25)
            )
        ]
        if shown and quote.time < max(o.time for o in shown):
            aside.append((quote, False))
        shown = [o for o in shown if (o.time, o.source) != (quote.time, quote.source)]
        shown.append(quote)
        shown.sort(key=lambda o: o.time)
    return shown, aside


@pytest.mark.parametrize("seed", range(40))
def test_any_feed_is_judged_as_the_rules_say(seed: int) -> None:
    random = np.random.default_rng(seed)
    walk = np.cumsum(random.integers(0, 25, 60)) + np.where(random.random(60) < 0.1, -40, 0)
    values = 2740 * np.where(random.random(60) < 0.25, random.choice([0.5, 0.51, 10.0, 1.4], 60), 1.0)
    coming = [
        spx(round(float(value), 2), float(seconds), str(source))
        for value, seconds, source in zip(
            values, walk, random.choice(["typed", "feed"], 60, p=[0.9, 0.1]), strict=True
        )
    ]
    held, (shown, aside) = admit(Admitted(), coming, HISTORY), slowly(coming)
    by_place = [(one.time, one.value) for one in held.quotes["SPX"]]
    assert sorted(by_place) == sorted((one.time, one.value) for one in shown)
    assert by_place == sorted(by_place, key=lambda place: place[0])
    assert [(one.quote and one.quote.value, one.is_suspect) for one in held.set_aside] == [
        (one.value, is_suspect) for one, is_suspect in aside
    ]
