"""Do `risk` and `scenario` print what the book is worth, in JSON and in words, and refuse what cannot be?"""

import json

import pytest

from tests.cli.shell import Shell, values

DAY = "2018-01-10"
AS_OF, AT_CLOSE = ("--as-of", DAY), ("--as-of", f"{DAY}T16:00")


def test_the_picture_of_the_book(booked: Shell) -> None:
    record = booked.json("risk", *AS_OF)
    expiry = next(curve for curve in record["curves"] if curve["key"] == "expiry")
    # ten condors 25 points wide for 5.20 points, 52 dollars of fees: 5.148 points a condor
    assert expiry["bare_break_evens"]["points"] == pytest.approx([2625 - 5.148, 2825 + 5.148])
    hedged = booked.json("break-evens", *AS_OF)["book"]["points"]
    assert expiry["break_evens"]["points"] == pytest.approx(hedged)
    assert [row["name"] for row in record["migration"]] == ["bare", "+L1", "+L1+L2"]
    assert record["migration"][2]["paid"] == pytest.approx(4 * 60 + 4.5)  # a future costs its fee alone
    assert set(record["gauges"]) == {"delta", "delta_condor", "vega", "offset", "theta"}
    assert record["gauges"]["delta"]["high"] == pytest.approx(1000)  # 1 % of the equity
    assert [row["vix"] for row in record["repricing"]] == [25, 35, 50, 80]
    assert len(record["heat"]["dollars"]) == len(record["heat"]["vix"])
    assert record["what_if"]["is_what_if"] is False


def test_a_what_if_says_so_in_json_and_in_words(booked: Shell) -> None:
    words = ("risk", "1", "--spx", "2600", "--days", "3", "--response", "high", "--layers", "1", *AS_OF)
    record = booked.json(*words)
    assert record["what_if"]["is_what_if"] is True
    assert record["what_if"]["words"] == "SPX 2,600.00, in 3 days, high VIX response, layers 1"
    assert record["point"]["spx"] == 2600
    text = booked.done(*words).out
    assert "WHAT IF  SPX 2,600.00, in 3 days, high VIX response, layers 1" in text
    for title in ("break-evens by moment", "layer after layer", "gauges", "net greeks", "where each hedge leg"):
        assert title in text
    assert "no advice, no orders" in text


def test_a_ticket_is_shown_before_and_after(booked: Shell) -> None:
    fill = "+2 VIX 2018-03-21 C 20 @ 0.55"
    found = booked.json("risk", "--ticket", f"L3 {fill}", *AT_CLOSE)
    before = booked.json("risk", *AT_CLOSE)
    assert found["gauges"]["vega"]["before"] == pytest.approx(before["gauges"]["vega"]["value"])
    assert found["before"]["point"]["hedged"] == pytest.approx(before["point"]["hedged"])
    booked.done("layer", "open", "3", "--leg", fill, "--at", DAY)
    entered = booked.json("risk", *AT_CLOSE)
    assert found["gauges"]["vega"]["value"] == pytest.approx(entered["gauges"]["vega"]["value"])
    assert "without the ticket" in booked.done("risk", "--ticket", f"L1/1 {fill}", *AT_CLOSE).out


def test_scenarios_are_rows_of_vix_and_columns_of_spx(booked: Shell) -> None:
    shocks = ("--spx-shocks", "-10:10:3", "--vix-shocks", "-2,0,25.5")
    record = booked.json("scenario", *shocks, *AS_OF)
    assert record["spx_shocks_pct"] == [-10, 0, 10]
    assert record["vix_shocks"] == [-2, 0, 25.5]
    point = booked.json("risk", *AS_OF)["point"]
    assert record["hedged"][1][1] == pytest.approx(point["hedged"], abs=0.01)
    assert record["bare"][1][1] == pytest.approx(point["bare"], abs=0.01)
    assert record["spx"][1] == pytest.approx(float(values()["SPX"][_index()]), abs=0.01)
    usual = booked.json("scenario", *AS_OF)
    assert (len(usual["hedged"]), len(usual["hedged"][0])) == (7, 7)
    text = booked.done("scenario", *shocks, "--date", "2018-01-26", *AS_OF).out
    assert "2018-01-26 16:00 New York" in text
    assert "-10 %" in text


def _index() -> int:
    from tests.cli.shell import sessions

    return [str(day) for day in sessions()].index(DAY)


def test_simulated_is_marked() -> None:
    from dataclasses import replace

    from cli.risk_text import risk_text, scenario_text
    from core.monitor.risk import risk, scenario
    from tests.core.monitor.test_risk import at_close

    facts = replace(at_close(), is_simulated=True)
    assert risk_text(risk(facts)).startswith("SIMULATED MARKET AND BOOK")
    assert scenario_text(scenario(facts)).startswith("SIMULATED MARKET AND BOOK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("risk", "7"), "no condor 7 is open"),
        (("risk", "--spx", "0"), "spx: 0 is not a level above zero"),
        (("risk", "--date", "2018-01-09"), "has closed by"),
        (("risk", "--days", "2000"), "days: 2000 is not within"),
        (("risk", "--layers", "5"), "layers are 1 to 4"),
        (("risk", "--ticket", "L7 +1 VX 2018-03-21 @ 12.50"), "there is no layer 7"),
        (("risk", "--ticket", "L1 +1 VIX 2018-03-20 C 15 @ nothing"), "leg"),
        (("scenario", "--spx-shocks", "-10:10:500"), "500 shocks; 1 to 101 are taken"),
        (("scenario", "--spx-shocks", "-10:10:5000000"), "cannot be made"),
        (("scenario", "--spx-shocks", "-100"), "above -100"),
    ],
)
def test_what_cannot_be_is_refused(booked: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in booked.refused(*words, *AS_OF)


@pytest.mark.parametrize(
    "words",
    [
        ("risk", "--ticket", "+1 VX 2018-03-21 @ 12.50"),
        ("risk", "--days", "1", "--date", "2018-02-01"),
        ("risk", "--response", "mild"),
        ("scenario", "--vix-shocks", "1:2"),
        ("scenario", "--spx", "2600"),
    ],
)
def test_what_cannot_be_read_is_a_usage_error(booked: Shell, words: tuple[str, ...]) -> None:
    booked.misused(*words, *AS_OF)


def test_an_empty_book_says_so_and_breaks_nothing(shell: Shell) -> None:
    record = shell.json("risk", *AS_OF)
    assert record["migration"] == record["break_evens"] == record["legs"] == []
    assert json.dumps(record["gauges"]["vega"]["value"]) == "0.0"
    assert "no condor is open" in shell.done("risk", *AS_OF).out
