"""Does each act of condor, layer and account enter what was typed, and do the lists show what is held and was?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.cli.shell import Shell, market_files, sessions, values

AT = ("--at", "2018-01-10T10:00")


def last(shell: Shell) -> dict[str, object]:
    rows: list[dict[str, object]] = shell.json("log")["rows"]
    return rows[-1]


def only(shell: Shell, as_of: str = "2018-02-01") -> dict[str, object]:
    (condor,) = shell.json("status", "--as-of", as_of)["condors"]
    found: dict[str, object] = condor
    return found


def test_a_condor_is_opened_and_shown_as_it_was_typed(booked: Shell) -> None:
    found = only(booked)
    assert found["legs"] == [
        "+10 SPX 2018-02-16 P 2600",
        "-10 SPX 2018-02-16 P 2625",
        "-10 SPX 2018-02-16 C 2825",
        "+10 SPX 2018-02-16 C 2850",
    ]
    assert (found["cash"], found["fees"], found["status"]) == (5200.0, 52.0, "open")
    entered = booked.json(*OPEN, "--note", "a note")
    assert (entered["kind"], entered["condor"], entered["note"]) == ("condor_opened", 2, "a note")
    assert entered["flags"] == []


OPEN = (
    *(
        "condor",
        "open",
        "--expiry",
        "2018-02-16",
        "--quantity",
        "1",
        "--puts",
        "2600/2625",
        "--calls",
        "2825/2850",
    ),
    *("--credit", "5", *AT),
)


def test_unwise_is_recorded_with_a_flag(shell: Shell) -> None:
    uneven = [word.replace("2825/2850", "2825/2900") for word in OPEN]
    assert shell.json(*uneven)["flags"] == ["unequal wings: puts 25, calls 75 points"]
    naked = shell.done("layer", "open", "1", "--leg", "-1 VIX 2018-02-14 C 25 @ 0.20", *AT)
    assert "note: net short VIX: 1 short VIX calls" in naked.out


def test_legs_one_by_one_become_a_condor(shell: Shell) -> None:
    shell.done(
        "condor",
        "open",
        "--leg",
        "-2 SPXW 2018-02-16 P 2625 @ 12.5",
        "--leg",
        "+2 SPXW 2018-02-16 P 2600 @ 9",
        *AT,
    )
    assert only(shell)["status"] == "open, legs missing"
    calls = ("--leg", "-2 SPXW 2018-02-16 C 2825 @ 8", "--leg", "+2 SPXW 2018-02-16 C 2850 @ 4.25")
    shell.done("condor", "open", "--id", "1", *calls, "--at", "2018-01-10T11:00")
    found = only(shell)
    assert (found["status"], found["root"], found["cash"]) == ("open", "SPXW", 2 * 100 * (12.5 - 9 + 8 - 4.25))
    shell.done("condor", "close", "1", "--leg", "+2 SPXW 2018-02-16 C 2825 @ 1", "--at", "2018-01-11")
    assert only(shell)["cash"] == 1450.0 - 200


def test_a_part_is_closed_then_the_rest(booked: Shell) -> None:
    booked.done(
        "condor", "close", "1", "--debit", "2.10", "--quantity", "4", "--fees", "10", "--at", "2018-01-20T10:00"
    )
    assert (only(booked)["quantity"], only(booked)["cash"]) == (6, 5200 - 840)
    # 52.00 - 8.40 - 0.62 points over 6 condors
    assert only(booked)["break_evens"]["bare"] == pytest.approx([2625 - 42.98 / 6, 2825 + 42.98 / 6])
    booked.done("condor", "close", "1", "--debit", "1", "--at", "2018-01-25")
    assert booked.json("status", "--as-of", "2018-02-01")["condors"] == []
    (closed,) = booked.json("condor", "list")["closed"]
    assert (closed["id"], closed["cash"], closed["fees"]) == (1, 5200 - 840 - 600, 62)
    assert (
        "condor 1  SPX 2018-02-16: closed, cash 3,760.00, fees 62.00, together 3,698.00"
        in booked.done("condor", "list").out
    )


def test_a_roll_keeps_the_id(booked: Shell) -> None:
    new = ("--expiry", "2018-03-16", "--puts", "2500/2525", "--calls", "2850/2875")
    booked.done(
        "condor", "roll", "1", "--debit", "7.5", *new, "--credit", "6.10", "--fees", "20", "--at", "2018-01-26"
    )
    found = only(booked)
    assert (found["id"], found["expiry"], found["cash"]) == (1, "2018-03-16", 10 * 100 * (5.2 - 7.5 + 6.1))
    assert found["break_evens"]["bare"] == pytest.approx([2525 - 3.728, 2850 + 3.728])
    row = last(booked)
    assert (row["kind"], row["quantity"], row["price"], row["cash"]) == ("condor_rolled", 10, None, "-1400.00")
    assert only(booked, "2018-01-25")["expiry"] == "2018-02-16"


def test_a_condor_settles_at_the_value_that_is_entered(booked: Shell) -> None:
    booked.done("condor", "settle", "1", "--value", "2612.34", "--at", "2018-02-16")
    row = last(booked)
    assert (row["kind"], row["price"], row["cash"]) == ("condor_settled", "2612.34", "-12660.00")
    assert str(row["what"]).startswith("settled at SET 2612.34")
    assert booked.json("status", "--as-of", "2018-02-16")["condors"] == []
    assert only(booked, "2018-02-15")["quantity"] == 10  # as of the day before it is still on


def test_an_afternoon_condor_settles_at_the_imported_close(shell: Shell) -> None:
    weekly = [word.replace("2018-02-16", "2018-02-14") for word in OPEN]
    shell.done(*weekly, "--root", "SPXW")
    shell.done("condor", "settle", "1", "--at", "2018-02-14")
    close = Decimal(str(values()["SPX"][sessions().index("2018-02-14")]))
    lost = max(min(Decimal(2625) - close, Decimal(25)), Decimal(0)) + max(
        min(close - 2825, Decimal(25)), Decimal(0)
    )
    row = last(shell)
    assert (Decimal(str(row["price"])), Decimal(str(row["cash"]))) == (close, -100 * lost)
    assert "close, imported" in str(row["what"])


def test_xsp_settles_to_a_tenth(shell: Shell) -> None:
    tenth = ("--puts", "260/262", "--calls", "282/285", "--credit", "0.50", "--root", "XSP")
    shell.done("condor", "open", "--expiry", "2018-02-14", "--quantity", "3", *tenth, *AT)
    assert "is one of SPX" in shell.refused("condor", "settle", "1", "--value", "2700", "--at", "2018-02-14")
    shell.done("condor", "settle", "1", "--at", "2018-02-14")
    assert Decimal(str(last(shell)["price"])) == Decimal(str(values()["SPX"][sessions().index("2018-02-14")])) / 10


def test_a_layer_settles_expiry_by_expiry(booked: Shell) -> None:
    assert "the one of condor 1 does" in booked.refused(
        "layer", "settle", "1", "--value", "25", "--at", "2018-02-14"
    )
    booked.done("layer", "settle", "1", "--condor", "1", "--value", "25.61", "--at", "2018-02-14")
    assert (last(booked)["cash"], last(booked)["price"]) == ("4244.00", "25.61")
    booked.done("layer", "settle", "2", "--value", "15.75", "--at", "2018-03-21")
    assert last(booked)["cash"] == "6500.00"  # 2 x 1000 x (15.75 - 12.50)
    assert [layer["position"] for layer in booked.json("layer", "list")["layers"][:2]] == ["closed", "closed"]


def test_an_imported_vro_settles_and_a_close_of_vix_does_not(booked: Shell, tmp_path: object) -> None:
    assert "VRO of 2018-02-14 is not imported" in booked.refused(
        "layer", "settle", "1", "--condor", "1", "--at", "2018-02-14"
    )
    file = booked.journal.with_name("VRO.csv")
    file.write_text("Date,Close\n2018-02-14,25.60\n")
    booked.done("import", "--symbol", "VRO", file)
    booked.done("layer", "settle", "1", "--condor", "1", "--at", "2018-02-14")
    assert str(last(booked)["what"]).startswith("settled at VRO, imported 25.6")


def test_where_a_day_settles_two_indices_each_is_settled_by_itself(shell: Shell) -> None:
    legs = ("--leg", "+1 SPXW 2018-02-14 P 2700 @ 10", "--leg", "+10 XSP 2018-02-14 P 270 @ 1")
    shell.done("layer", "open", "2", *legs, *AT)
    shell.done("layer", "settle", "2", "--value", "2650", "--at", "2018-02-14")
    assert last(shell)["cash"] == "5000.00"
    shell.done("layer", "settle", "2", "--value", "265", "--at", "2018-02-14")
    assert last(shell)["cash"] == "5000.00"
    assert shell.json("layer", "list")["layers"][1]["position"] == "closed"


def test_a_layer_is_rolled_and_partly_closed(booked: Shell) -> None:
    booked.done(
        "layer",
        "roll",
        "2",
        "--close",
        "-2 VX 2018-03-21 @ 13",
        "--leg",
        "+2 VX 2018-04-18 @ 13.5",
        "--at",
        "2018-01-20T10:00Z",
    )
    assert last(booked)["cash"] == "1000.00"
    booked.done("layer", "close", "2", "--leg", "-1 VX 2018-04-18 @ 15", "--at", "2018-01-25")
    assert last(booked)["cash"] == "1500.00"
    (holding,) = booked.json("layer", "list", "--as-of", "2018-02-01")["layers"][1]["holdings"]
    assert (holding["legs"], holding["cash"], holding["fees"]) == (["+1 VX 2018-04-18"], 2500.0, 4.5)


def test_a_layer_of_every_kind_of_instrument(shell: Shell) -> None:
    legs = (
        "+100 VXX @ 27.10",
        "+1 VXX 2018-02-16 C 30 @ 1.10",
        "+2 VXM 2018-02-14 @ 12.5",
        "+1 SPX 2018-03-16 P 2500 @ 8.5",
        "-1 SPX 2018-03-16 P 2400 @ 4.5",
        "+1 XSP 2018-03-16 P 250 @ 0.8",
    )
    shell.done("layer", "open", "2", *(word for leg in legs for word in ("--leg", leg)), *AT)
    assert last(shell)["cash"] == f"{-2710 - 110 - 850 + 450 - 80:.2f}"
    listed = shell.json("layer", "list", "--as-of", "2018-02-01")["layers"][1]
    assert len(listed["legs"]) == 6
    assert listed["legs"][3]["break_even_spx"] == 2491.5
    assert "layer 2  of the book: open, cash -3,300.00" in shell.done("layer", "list", "--as-of", "2018-02-01").out


def test_notes_names_and_the_account_are_entries(booked: Shell) -> None:
    booked.done("condor", "note", "1", "watch the short put")
    assert (last(booked)["condor"], last(booked)["note"]) == (1, "watch the short put")
    booked.done("layer", "note", "2", "roll in March")
    assert (last(booked)["layer"], last(booked)["note"]) == (2, "roll in March")
    booked.done("layer", "name", "2", "middle of the road")
    assert booked.json("layer", "list")["layers"][1]["name"] == "middle of the road"
    said = booked.done(
        "account", "--equity", "1e0".replace("e0", ""), "--cash", "-5", "--notional", "1", "--margin", "2"
    )
    assert said.out == "entry 9: account stated: equity 1, cash -5, notional 1, margin 2\n"


def test_an_entry_carries_the_market_of_its_own_moment(booked: Shell) -> None:
    booked.done("condor", "close", "1", "--debit", "1", "--at", "2018-01-24T10:00")
    row, before = last(booked), sessions().index("2018-01-23")
    assert (row["spx"], row["vix"]) == (values()["SPX"][before], values()["VIX"][before])
    assert row["playbook_hash"] == booked.json("status")["playbook"]["hash"]


def test_positions_come_before_any_market(empty: Shell, tmp_path: object) -> None:
    empty.done(*OPEN)
    empty.done("layer", "open", "1", "--leg", "+1 VIX 2018-02-14 C 15 @ 0.6", "--condor", "1", *AT)
    found = only(empty)
    assert found["break_evens"]["bare"] == pytest.approx([2620, 2830])
    assert found["break_evens"]["hedged"] is None
    empty.done("import", *market_files(empty.journal.with_name("files")))
    assert only(empty)["break_evens"]["hedged"][-1] == pytest.approx(2825 + (500 - 60) / 100)
    assert empty.json("verify")["ok"]
