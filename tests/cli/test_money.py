"""Does `money` print every measure with its reason, exact to the cent, as text and as JSON?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pyxirr

if TYPE_CHECKING:
    from tests.cli.shell import Shell

CLOSE = ("--at", "2018-02-07T10:00")


def test_the_returns_are_those_of_pyxirr_on_the_cash_that_was_entered(booked: Shell) -> None:
    booked.done("condor", "close", "1", "--debit", "2.10", "--fees", "52", *CLOSE)
    booked.done("layer", "close", "1", "--leg", "-4 VIX 2018-02-14 C 15 @ 3.00", "--condor", "1", *CLOSE)
    booked.done("layer", "close", "2", "--leg", "-2 VX 2018-03-21 @ 13.50", "--fees", "4.5", *CLOSE)
    record = booked.json("money", "--as-of", "2018-02-08")
    rows = {row["name"]: row for row in record["returns"]}
    from datetime import date

    days = [date(2018, 1, 10), date(2018, 2, 7)]
    # 10 x 100 x 5.20 - 52 - 25 x 100 x 10; 10 x 100 x 2.10 + 52 out of the 25,000 set free
    condors = pyxirr.xirr(days, [-19852.0, 22848.0])
    # 240 for the calls and 1,200 back; futures: no cash but 2 x 1,000 x 1.00 and fees of 4.50 twice
    both = pyxirr.xirr(days, [-19852.0 - 240.0 - 4.5, 22848.0 + 1200.0 + 2000.0 - 4.5])
    assert condors is not None
    assert both is not None
    assert rows["condors"]["irr_now_pct"] == pytest.approx(100 * condors, rel=1e-9)
    assert rows["condors + L1 + L2"]["irr_now_pct"] == pytest.approx(100 * both, rel=1e-9)
    assert (rows["condors"]["net_cash"], rows["hedge"]["net_cash"]) == ("2996.00", "2951.00")
    assert record["unknown"]["returns.0.irr_hold_pct"] if rows["condors"]["irr_hold_pct"] is None else True


def test_what_is_open_is_valued_by_the_model_as_the_risk_picture_values_it(booked: Shell) -> None:
    record = booked.json("money", "--as-of", "2018-01-31")
    assert record["simulated"] is False
    layers = {row["layer"]: row for row in record["carry"]}
    assert layers["layer1"]["held"] == "240.00"
    assert layers["layer1"]["capital_a_day"] == pytest.approx(0.07)  # 240 x 10 % / 365 = 0.0658
    greeks = booked.json("risk", "--as-of", "2018-01-31")["greeks"]
    worth = {row["name"]: row["value"] for row in greeks}
    first = next(value for name, value in worth.items() if name.startswith("L1"))
    assert layers["layer1"]["decay"] == pytest.approx(240.0 - first, abs=0.02)


def test_every_null_has_its_reason_and_every_claim_its_tag(booked: Shell) -> None:
    record = booked.json("money", "--as-of", "2018-02-08")
    reasons = record["unknown"]
    assert reasons["account.quick_ratio"] == "the margin was not stated with the account"
    assert reasons["slippage.dollars"] == "no fill has a quote of its moment: import chains"
    assert reasons["parity"] == "no chain with calls and puts quoted is imported"
    assert {claim["tag"] for claim in record["claims"]} == {"published claim, unverified"}
    text = booked.done("money", "--as-of", "2018-02-08").out
    assert "net credited in about 65 % of months (001; published claim, unverified)" in text
    assert "no advice, no orders" in text


def test_a_journal_without_positions_says_so_everywhere(shell: Shell) -> None:
    record = shell.json("money")
    assert record["carry"] == record["months"] == []
    assert record["unknown"]["returns.0.irr_now_pct"] == "no cash has moved"
