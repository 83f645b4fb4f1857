"""Does `sizing` say what a hand calculation on the book says, in JSON and in words, and refuse what is none?"""

import math

import pytest

from tests.cli.shell import Shell, values

DAY = "2018-01-10"


def test_the_bases_of_every_rule_by_hand(booked: Shell) -> None:
    record = booked.json("sizing", "--as-of", DAY)
    sized = record["sized"]
    # ten condors 25 points wide for 5.20 points, 52 dollars of fees
    assert sized["risk"] == pytest.approx(10 * (25 - 5.20) * 100 + 52)
    assert sized["credit"] == pytest.approx(5200)
    assert sized["notional"] == 250_000
    assert sized["design_spx"] == 2600
    wishes = {wish["rule"]: wish for wish in sized["wishes"]}
    assert wishes["static"]["exposure"] == pytest.approx(25_000)
    assert wishes["budget"]["premium"] == pytest.approx(520)
    vix = booked.json("status", "--as-of", DAY)["vix"]["value"]
    low, high = {True: (0.06, 0.08), False: (0.12, 0.18)}[vix < 15]
    assert (wishes["regime"]["low"], wishes["regime"]["high"]) == pytest.approx((250_000 * low, 250_000 * high))
    assert [wish["source"] for wish in sized["wishes"]] == ["000", "001", "003", "003", "004", "public"]


def test_a_layer_is_counted_on_its_own_future(booked: Shell) -> None:
    sized = booked.json("sizing", "--as-of", DAY)["sized"]
    first = sized["layers"][0]
    hedge = first["hedge"]
    index = [str(day) for day in _days()].index(DAY)
    curve = {"2018-01-17": 1, "2018-02-14": 2, "2018-03-21": 3, "2018-04-18": 4, "2018-05-16": 5}
    assert hedge["vx"] == pytest.approx(values()[f"VX{curve[hedge['expiry']]}"][index])
    assert first["exposure"] == pytest.approx(first["contracts"] * 100 * hedge["delta"] * hedge["vx"])
    assert first["premium"] == pytest.approx(first["contracts"] * 100 * hedge["price"])
    assert first["annual"] == pytest.approx(first["premium"] * 365 / hedge["days"])
    assert sized["exposure"] == pytest.approx(math.fsum(layer["exposure"] for layer in sized["layers"]))
    assert sized["shortfall"] == pytest.approx(max(sized["target"] - sized["exposure"], 0))


def _days() -> list[str]:
    from tests.cli.shell import sessions

    return sessions()


@pytest.mark.playbook("000-1")
def test_one_condor_has_its_own_layers_and_its_share_of_the_notional(booked: Shell) -> None:
    whole, one = booked.json("sizing", "--as-of", DAY), booked.json("sizing", "1", "--as-of", DAY)
    assert one["sized"] == whole["sized"]  # the only condor is the whole book
    # the book's own layer of two VX futures is not the condor's: its four calls alone count
    assert one["held"] < whole["held"]
    futures = 2 * 1000 * values()["VX3"][_days().index(DAY)]  # VX3 expires on 2018-03-21
    assert whole["held"] - one["held"] == pytest.approx(futures)
    assert "no condor 7 is open" in booked.refused("sizing", "7", "--as-of", DAY)


def test_a_price_that_is_given_takes_the_place_of_the_assumed_one(booked: Shell) -> None:
    hedge = booked.json("sizing", "--as-of", DAY)["sized"]["layers"][0]["hedge"]
    assert hedge["note"].startswith("volatility 90% assumed")
    text = f"{hedge['text']} @ {hedge['price'] * 1.01:.4f}"
    quoted = booked.json("sizing", "--as-of", DAY, "--price", text)["sized"]["layers"][0]["hedge"]
    assert quoted["text"] == hedge["text"]
    assert quoted["price"] == pytest.approx(hedge["price"] * 1.01, abs=1e-4)
    assert quoted["note"].startswith("as quoted")
    assert quoted["volatility_pct"] > 90


@pytest.mark.parametrize(
    "text", ["VIX 2018-02-14 P 15 @ 1.0", "VX 2018-02-14 @ 11", "SPX 2018-02-16 C 2800 @ 3", "x"]
)
def test_another_instrument_is_no_price(booked: Shell, text: str) -> None:
    assert "leg" in booked.refused("sizing", "--price", text) or "--price" in booked.refused(
        "sizing", "--price", text
    )


@pytest.mark.parametrize("playbook", ["composite", "000-ladder", "001-credit-budget", "003-regime", "4-4-2"])
def test_each_playbook_sizes_by_its_own_rule(booked: Shell, playbook: str) -> None:
    record = booked.json("sizing", "--as-of", DAY, "--playbook", playbook)
    rule = {"000-ladder": "ladder", "001-credit-budget": "budget", "003-regime": "regime", "4-4-2": "contracts"}
    assert record["rule"] == rule.get(playbook, "composite")
    if record["rule"] != "composite":
        wish = next(wish for wish in record["sized"]["wishes"] if wish["rule"] == record["rule"])
        assert record["sized"]["target"] == wish["exposure"]
    assert all(record["unknown"].values())


def test_a_book_without_a_condor_says_so(shell: Shell) -> None:
    record = shell.json("sizing", "--as-of", DAY)
    assert (record["sized"], record["unknown"]["sized"]) == (None, "no condor is open")
    assert record["held"] == 0
    assert "unknown (no condor is open)" in shell.done("sizing", "--as-of", DAY).out


def test_the_words_name_what_binds(booked: Shell) -> None:
    sized = booked.json("sizing", "--as-of", DAY)["sized"]
    text = booked.done("sizing", "--as-of", DAY).out
    assert f"binding    {sized['binding']}" in text
    assert f"target     ${sized['target']:,.0f}, by {sized['decided_by']}" in text
    for layer in sized["layers"]:
        assert layer["hedge"]["text"] in text
    assert "under the high response" in text
