"""Do `why` and `rules` say what `status` and the hedge log say, of the same moment?"""

from typing import Any

import pytest

from tests.cli.shell import Shell

MOMENT = "2018-01-10T10:00"  # the moment of the fills of the book: the last close is that of January 9


def leaves(verdicts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        leaf
        for verdict in verdicts
        for leaf in (leaves(verdict["children"]) if verdict["children"] else [verdict])
    ]


@pytest.mark.parametrize("layer", [1, 2, 3, 4])
def test_why_status_and_the_log_agree(booked: Shell, layer: int) -> None:
    status = booked.json("status", "--as-of", MOMENT)
    why = booked.json("why", str(layer), "--as-of", MOMENT)
    assert why["layer"] == status["layers"][layer - 1]
    assert why["playbook"] == status["playbook"]
    rows = [row for row in booked.json("log")["rows"] if row["kind"] == "layer_opened"]
    assert rows
    rung = next(leaf for leaf in leaves(why["layer"]["why"]) if leaf["rule"] == "edr_rung")
    for row in rows:
        assert row["playbook_hash"] == why["playbook"]["hash"]
        assert (row["edr"], row["vix"], row["spx"]) == (
            round(rung["value"], 8),  # an entry is stamped to 1e-8
            status["vix"]["value"],
            status["spx"]["value"],
        )
        assert row["rung"] == status["ladder"]["rung"]
        # the layer's own rung is on where the entry's count of rungs reaches it, or is held by its hysteresis
        assert (rung["says"] == "on") == (row["rung"] >= layer) or rung["value"] > rung["threshold"] - 0.03


def test_why_in_words_shows_the_tree_and_what_would_switch_it(booked: Shell) -> None:
    text = booked.done("why", "2", "--as-of", "2018-02-06").out
    status = booked.json("status", "--as-of", "2018-02-06")["layers"][1]
    assert status["reason"] in text
    for leaf in leaves(status["why"]):
        assert leaf["reason"] in text
    rung = next(leaf for leaf in leaves(status["why"]) if leaf["rule"] == "edr_rung")
    level = rung["switch"]["edr_pct"]
    assert f"{rung['switch']['turns']} at EDR {level['level']:.3f} % ({level['distance']:+.3f})" in text
    assert "HV20 stays" in text


def test_a_null_of_why_has_its_reason(booked: Shell) -> None:
    record = booked.json("why", "2", "--as-of", MOMENT)
    breadthless = [path for path in record["unknown"] if ".switch" in path]
    assert breadthless
    assert all(record["unknown"].values())


@pytest.mark.parametrize("layer", ["0", "5", "1.5"])
def test_only_four_layers_can_be_asked(booked: Shell, layer: str) -> None:
    assert "LAYER" in booked.refused("why", layer)


def test_changes_are_those_between_two_days(shell: Shell) -> None:
    whole = shell.json("rules", "changes")["changes"]
    part = shell.json("rules", "changes", "--from", "2018-01-15", "--to", "2018-02-15")["changes"]
    assert part == [row for row in whole if "2018-01-15" <= row["session"] <= "2018-02-15"]
    assert whole
    for row in whole:
        assert row["from"] != row["to"]
        assert row["inputs"]
    hashes = {row["playbook_hash"] for row in whole}
    assert hashes == {shell.json("playbook", "show")["hash"]}
    (other,) = {
        row["playbook_hash"] for row in shell.json("rules", "changes", "--playbook", "003-regime")["changes"]
    }
    assert other not in hashes


def test_a_change_is_what_status_shows_of_that_day(shell: Shell) -> None:
    for row in shell.json("rules", "changes")["changes"][-6:]:
        layer = shell.json("status", "--as-of", row["session"])["layers"][row["layer"] - 1]
        assert (layer["trigger"], layer["reason"], layer["since"]) == (row["to"], row["reason"], row["session"])


def test_changes_in_words(shell: Shell) -> None:
    text = shell.done("rules", "changes").out
    row = shell.json("rules", "changes")["changes"][0]
    assert text.startswith(f"{row['session']}  layer {row['layer']}  {row['from']} -> {row['to']}")
    assert shell.done("rules", "changes", "--from", "2030-01-01").out == "no trigger changed in that time\n"
    shell.misused("rules")
