"""The trial on real files: are condors, layers and the book what a slow valuation by other libraries says?"""

from __future__ import annotations

import itertools
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from tests.flow import real_market as real
from tests.flow.real_market import DAYS
from tests.flow.slow_valuation import Future, Option, Position

if TYPE_CHECKING:
    from tests.cli.shell import Shell


PUTS, CALLS = (2650, 2700), (2900, 2950)
PUTS_2020, CALLS_2020 = (2350, 2450), (3050, 3150)


def _condor(count: int, puts: tuple[int, int], calls: tuple[int, int], expiry: Any) -> list[Option]:
    terms = (("P", puts[0], 1), ("P", puts[1], -1), ("C", calls[0], -1), ("C", calls[1], 1))
    return [Option(side * count, right, strike, expiry) for right, strike, side in terms]


def _of_2018(day: str, *, is_book: bool) -> Position:
    """The condor with its own layer; with the future of the book's layer if it is the book."""
    april = real.expiries(day, 3).index(date(2018, 3, 21))
    now, set_at = real.curve()[day][april], real.moment("2018-03-21")
    filled = real.moment("2018-01-24", time(10, 30))
    then = real.curve()["2018-01-23"][real.expiries("2018-01-23", 3).index(date(2018, 3, 21))]
    hedge = (
        Option(4, "C", 15, real.moment("2018-02-14")),
        Option(2, "C", 20, set_at, 0.65, filled, forward_then=then, forward_now=now),
    )
    cash = 9400 - 52.80 - 4 * 85 - 2 * 65 - 3.90 - (2.25 if is_book else 0)
    return Position(
        now=real.end_of(day),
        horizon=real.moment("2018-02-16"),
        spx=real.spx()[day],
        vix=real.index("VIX")[day],
        cash=cash,
        condors=_condor(10, PUTS, CALLS, real.moment("2018-02-16")),
        hedge=hedge,
        futures=(Future(1, 12.65, now, set_at),) if is_book else (),
    )


def _of_2020(day: str) -> Position:
    settles, filled = real.moment("2020-04-15"), real.moment("2020-03-06", time(16))
    then = real.curve()["2020-03-06"][real.expiries("2020-03-06", 3).index(date(2020, 4, 15))]
    now = real.curve()[day][real.expiries(day, 3).index(date(2020, 4, 15))]
    return Position(
        now=real.end_of(day),
        horizon=real.moment("2020-03-20", time(16)),
        spx=real.spx()[day],
        vix=real.index("VIX")[day],
        cash=4300 - 630,
        condors=_condor(2, PUTS_2020, CALLS_2020, real.moment("2020-03-20", time(16))),
        hedge=(Option(3, "C", 45, settles, 2.10, filled, forward_then=then, forward_now=now),),
    )


CASES = {
    "2018-02-02": (1, 2018, (2700 - 9.3472, 2900 + 9.3472), -(50_000 - 9347.20), 14),
    "2018-02-05": (1, 2018, (2700 - 9.3472, 2900 + 9.3472), -(50_000 - 9347.20), 11),
    "2020-03-16": (2, 2020, (2450 - 21.5, 3050 + 21.5), -(20_000 - 4300), 4),
}


@pytest.mark.parametrize("day", DAYS)
def test_the_condor_of_the_day(states: dict[str, dict[str, Any]], day: str) -> None:
    number, year, bare, worst, left = CASES[day]
    (condor,) = states[day]["condors"]
    slow = _of_2018(day, is_book=False) if year == 2018 else _of_2020(day)
    assert (condor["id"], condor["dte"], condor["status"]) == (number, left, "open")
    assert condor["break_evens"]["bare"] == pytest.approx(bare)
    assert condor["max_loss"] == pytest.approx(worst)
    assert condor["break_evens"]["hedged"] == pytest.approx(slow.roots("base"), abs=1e-6)
    assert condor["break_evens"]["hedged_low_response"] == pytest.approx(slow.roots("low"), abs=1e-6)
    assert condor["break_evens"]["hedged_high_response"] == pytest.approx(slow.roots("high"), abs=1e-6)
    _check_zones(condor["zones"], condor["break_evens"]["hedged"], slow)
    _check_distances(condor, day, slow)


def _check_zones(zones: list[dict[str, Any]], points: list[float], slow: Position) -> None:
    edges = [None, *points, None]
    assert [(zone["low"], zone["high"]) for zone in zones] == list(itertools.pairwise(edges))
    for zone in zones:
        best, worst = slow.extremes(zone["low"], zone["high"])
        assert zone["kind"] == ("profit" if abs(best) > abs(worst) else "loss")
        # the program looks at steps of 5 points, the test at half points: a smooth top differs by a few dollars
        assert zone["best"] == pytest.approx(max(best, 0), abs=10)
        assert zone["worst"] == pytest.approx(min(worst, 0), abs=10)


def _check_distances(condor: dict[str, Any], day: str, slow: Position) -> None:
    spx, points = real.spx()[day], real.edr(day) / 100 * real.spx()[day]
    put, call = (PUTS[1], CALLS[0]) if day < "2020" else (PUTS_2020[1], CALLS_2020[0])
    level = min(condor["break_evens"]["hedged"], key=lambda one: abs(one - spx))
    loses = slow.profit(spx, (4.5, 3.4)) < 0
    expected = {
        "short_put": (put, spx - put),
        "short_call": (call, call - spx),
        "nearest": (level, abs(level - spx) * (-1 if loses else 1)),
    }
    shown = {**condor["distance"], "nearest": condor["nearest_break_even"]}
    for name, (strike, far) in expected.items():
        numbers = [shown[name][key] for key in ("level", "points", "pct", "edrs")]
        assert numbers == pytest.approx([strike, far, 100 * far / spx, far / points]), name


@pytest.mark.parametrize("day", DAYS[:2])
def test_the_book_of_the_day(states: dict[str, dict[str, Any]], day: str) -> None:
    book, slow = states[day]["book"], _of_2018(day, is_book=True)
    assert book["horizon"] == "2018-02-16"
    assert book["points"] == pytest.approx(slow.roots("base"), abs=1e-6)
    assert book["low_response"] == pytest.approx(slow.roots("low"), abs=1e-6)
    assert book["high_response"] == pytest.approx(slow.roots("high"), abs=1e-6)
    _check_zones(book["zones"], book["points"], slow)
    best, worst = slow.extremes(None, None)
    assert (book["max_profit"], book["min_profit"]) == pytest.approx((best, worst), abs=10)


def test_the_book_of_2020_is_its_one_condor(states: dict[str, dict[str, Any]]) -> None:
    found = states["2020-03-16"]
    assert found["book"]["points"] == found["condors"][0]["break_evens"]["hedged"]


@pytest.mark.parametrize("day", DAYS)
def test_hedge_legs_of_the_day(states: dict[str, dict[str, Any]], day: str) -> None:
    legs = {
        "2018": {"+4 VIX 2018-02-14 C 15": 15.85, "+2 VIX 2018-03-21 C 20": 20.65, "+1 VX 2018-03-21": 12.65},
        "2020": {"+3 VIX 2020-04-15 C 45": 47.10},
    }[day[:4]]
    found = {leg["leg"]: leg for layer in states[day]["layers"] for leg in layer["legs"]}
    assert set(found) == set(legs)
    spx, vix = real.spx()[day], real.index("VIX")[day]
    for name, level in legs.items():
        assert found[name]["break_even_vix"] == pytest.approx(level)
        b = 4.5 if level > vix else 3.4
        assert found[name]["break_even_spx"] == pytest.approx(spx * (level / vix) ** (-1 / b))


def test_holdings_carry_their_cash(states: dict[str, dict[str, Any]]) -> None:
    held = {
        day: [holding for layer in found["layers"] for holding in layer["holdings"]]
        for day, found in states.items()
    }
    assert [(one["condor"], one["cash"], one["fees"]) for one in held["2018-02-05"]] == [
        (1, -(4 * 85 + 2 * 65), 3.9),
        (None, 0.0, 2.25),
    ]
    assert [(one["condor"], one["open"], one["cash"]) for one in held["2020-03-16"]] == [
        (1, False, pytest.approx(-470 + 4 * 1061 + 2 * 205)),
        (2, True, -630.0),
        (None, False, pytest.approx(5700)),
    ]


def test_a_condor_is_not_seen_before_it_was_opened(trial: Shell) -> None:
    found = trial.json("status", "--as-of", "2018-01-15")  # a holiday: the market is that of Friday
    assert found["condors"] == []
    assert found["spx"]["value"] == real.spx()["2018-01-12"]
    assert {layer["position"] for layer in found["layers"]} == {"none"}


def test_between_the_settlements_the_layer_is_partly_over(trial: Shell) -> None:
    found = trial.json("status", "--as-of", "2018-02-15")
    (condor,) = found["condors"]
    assert found["layers"][0]["holdings"][0]["legs"] == ["+2 VIX 2018-03-21 C 20"]
    day, slow = "2018-02-15", _of_2018("2018-02-15", is_book=False)
    after = Position(**{**vars(slow), "cash": slow.cash + 4 * 1061, "hedge": slow.hedge[1:]})
    assert condor["break_evens"]["hedged"] == pytest.approx(after.roots("base"), abs=1e-6)
    assert condor["dte"] == 1
    assert real.spx()[day] == found["spx"]["value"]
