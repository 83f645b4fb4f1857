"""Do `why` and `rules` say what `status` and the hedge log say, of the same moment?"""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Shell
from tests.core.playbooks import PRESETS, preset_names

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


def test_study_has_every_preset_every_pair_and_every_formula(shell: Shell) -> None:
    record = shell.json("rules", "study")
    names = preset_names()
    assert [row["name"] for row in record["playbooks"]] == names
    assert len(record["agreement"]) == len(names) * (len(names) - 1) // 2
    assert [row["formula"] for row in record["rungs"]] == ["A", "B", "C", "G", "H", "E3"]
    for row in record["playbooks"]:
        for layer in row["layers"]:
            shares = [share for share in layer["state_pct"].values() if share is not None]
            assert not shares or sum(shares) == pytest.approx(100)
    assert all(record["unknown"].values())
    text = shell.done("rules", "study").out
    assert f"{record['sessions']} sessions, {record['from']} to {record['to']}" in text


def test_study_counts_what_changes_tell(shell: Shell) -> None:
    span = ("--from", "2017-11-15", "--to", "2018-03-01", "--playbook", "000-ladder")
    changes = shell.json("rules", "changes", *span)["changes"]
    row = next(r for r in shell.json("rules", "study", *span)["playbooks"] if r["name"] == "000-ladder")
    on = {"armed", "confirmed", "blocked"}
    for layer in row["layers"]:
        own = [c for c in changes if c["layer"] == layer["number"] and "unknown" not in (c["from"], c["to"])]
        turns = sum((c["from"] in on) != (c["to"] in on) for c in own)
        sessions = shell.json("rules", "study", *span)["sessions"]
        assert layer["switches_a_year"] == pytest.approx(turns * 252 / (sessions - 1))


def test_study_of_a_playbook_of_ones_own_comes_first(shell: Shell, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    text = (PRESETS / "composite.toml").read_text("utf-8").replace("ladder.start = 0.90", "ladder.start = 0.50")
    mine.write_text(text, "utf-8")
    record = shell.json("rules", "study", "--playbook", mine)
    assert [row["name"] for row in record["playbooks"]] == ["mine", *preset_names()]
    assert list(record["rungs"][0]["rung_pct"]) == ["0.50", "0.55", "0.60", "0.65"]


def test_study_of_no_session_says_so(shell: Shell) -> None:
    record = shell.json("rules", "study", "--from", "2030-01-01")
    assert (record["sessions"], record["from"]) == (0, None)
    assert shell.done("rules", "study", "--from", "2030-01-01").out == "there is no session in that time\n"


def test_the_described_condor_has_the_playbooks_tenor_and_delta(shell: Shell) -> None:
    for name, days in (("001-credit-budget", 45), ("004-breadth", 30)):
        record = shell.json("rules", "condor", "--as-of", "2018-01-10", "--width", "25", "--playbook", name)
        assert record["wanted"] == {"condor.dte": days, "condor.short_delta": 0.16}
        assert abs(record["days"] - days) <= 3  # a weekend or a holiday
        assert [leg["quantity"] for leg in record["legs"]] == [1, -1, 1, -1]
        shorts = [leg for leg in record["legs"] if leg["quantity"] < 0]
        assert all(abs(abs(leg["delta"]) - 0.16) < 0.02 for leg in shorts)
        assert record["credit"] == pytest.approx(-sum(leg["quantity"] * leg["price"] for leg in record["legs"]))
        assert record["risk"] == pytest.approx(100 * (25 - record["credit"]))
    text = shell.done("rules", "condor", "--as-of", "2018-01-10").out
    assert "45 days, 0.16 delta" in text
    assert "--width" in shell.refused("rules", "condor", "--as-of", "2018-01-10", "--width", "-5")
