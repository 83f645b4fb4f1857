"""Propose, approve, apply; seal and compare; override: what the commands say and what they refuse."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.market.calendar import build_sessions
from core.playbook.parameters import with_values
from core.playbook.write import playbook_text
from db.playbooks import load_playbook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shell import Shell

WHY = ("--by", "Anna", "--reason", "the credit is thin")


def test_two_of_three_put_a_preset_in_force(booked: Shell, home: Path) -> None:
    booked.done("approvers", "Anna", "Ben", "Cem")
    proposal = booked.json("propose", "rules", "004-breadth", *WHY)["sequence"]
    assert "1 more must agree" in _after(booked, proposal, "Anna")
    booked.done("approve", proposal, "--by", "Ben")
    assert booked.done("apply", proposal).out.endswith(f"rules in force: 004-breadth, by proposal {proposal}\n")
    settings = next(home.rglob("settings.json"))
    assert json.loads(settings.read_text())["playbook.name"] == "004-breadth"
    assert booked.json("status")["playbook"]["name"] == "004-breadth"
    record = booked.json("proposals")
    assert record["approvers"] == ["Anna", "Ben", "Cem"]
    assert [one["status"] for one in record["proposals"]] == ["applied"]


def _after(shell: Shell, proposal: int, name: str) -> str:
    shell.done("approve", str(proposal), "--by", name)
    return shell.refused("apply", str(proposal))


def test_who_trades_alone_is_told_until_when_it_cools_off(booked: Shell) -> None:
    proposal = str(booked.json("propose", "layer", "close", "2", *WHY)["sequence"])
    booked.done("approve", proposal, "--by", "Anna")
    (found,) = booked.json("proposals")["proposals"]
    assert (found["status"], found["about"], found["what"]) == ("waiting", "layer", "close layer 2")
    assert found["ready_at"] > found["time"]
    assert "record the act itself" in booked.refused("apply", proposal)


def test_rules_of_a_file_are_named_again_and_compared_by_hash(booked: Shell, tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(playbook_text(with_values(load_playbook(), {"budget.L1": 8.0})))
    booked.done("approvers", "Anna", "Ben")
    proposal = str(booked.json("propose", "rules", str(own), *WHY)["sequence"])
    for name in ("Anna", "Ben"):
        booked.done("approve", proposal, "--by", name)
    assert "no playbook 'mine'" in booked.refused("apply", proposal)
    own.write_text(playbook_text(with_values(load_playbook(), {"budget.L1": 9.0})))
    assert "was changed after it was proposed" in booked.refused("apply", proposal, own)
    own.write_text(playbook_text(with_values(load_playbook(), {"budget.L1": 8.0})))
    booked.done("apply", proposal, own)
    shown = booked.json("playbook", "show")
    assert next(row["value"] for row in shown["parameters"]["sizing"] if row["key"] == "budget.L1") == 8.0


def test_a_rejected_proposal_is_over(booked: Shell) -> None:
    proposal = str(booked.json("propose", "rules", "004-breadth", *WHY)["sequence"])
    booked.done("reject", proposal, "--by", "Anna", "--reason", "not yet")
    assert "was rejected" in booked.refused("approve", proposal, "--by", "Anna")


def test_a_plan_is_sealed_for_a_coming_session_and_never_for_a_past_one(booked: Shell) -> None:
    assert "a plan is sealed before" in booked.refused("plan", "seal", "2018-02-05", "nothing")
    sealed = booked.done("plan", "seal", _coming(), "open layer 1 x4 if EDR >= 0.95", "hold layer 2").out
    assert "open layer 1 x4 if EDR >= 0.95; hold layer 2" in sealed
    record = booked.json("plan", "show")
    assert record["plans"] == []
    assert record["coming"][0]["items"] == ["open layer 1 x4 if EDR >= 0.95", "hold layer 2"]
    assert "write" in booked.refused("plan", "seal", _coming(), "buy everything")


def _coming() -> str:
    """Return a session that is still to come by the computer's clock."""
    now = datetime.now(UTC)
    calendar = build_sessions(now.year, now.year + 1)
    return str(calendar.days[calendar.closed_by(now + timedelta(days=3)) + 1])


def test_an_override_needs_a_reason_and_stands_in_the_log(booked: Shell) -> None:
    booked.misused("override", "layer 2 confirmed")
    assert "reason: is needed" in booked.refused("override", "layer 2 confirmed", "--reason", " ")
    booked.done("override", "layer 2 confirmed", "--reason", "calls too dear", "--layer", "2")
    (found,) = booked.json("discipline")["overrides"]
    assert (found["against"], found["reason"], found["layer"]) == ("layer 2 confirmed", "calls too dear", 2)
    row = booked.json("log")["rows"][-1]
    assert (row["kind"], row["what"]) == ("override_recorded", "against: layer 2 confirmed, nobody was asked")


def test_discipline_is_told_without_a_score_below_five_duties(booked: Shell) -> None:
    record = booked.json("discipline", "--as-of", "2018-02-20")
    assert record["steward"]["score_pct"] is None
    assert record["unknown"]["steward.score_pct"].startswith("not enough data")
    assert booked.json("discipline", "--as-of", "2018-01-09")["deeds"] == []
    assert [deed["deed"] for deed in record["deeds"]][:1] == ["open condor 1 x10"]
    assert "steward    unknown (not enough data" in booked.done("discipline").out
    assert booked.done("verify").code == 0


WINGS = ("--puts", "2300/2325", "--calls", "2625/2650", "--credit", "5.20", "--quantity", "2")


def test_a_condor_opened_in_a_spike_is_recorded_with_a_word_about_it(shell: Shell) -> None:
    """VIX closed 2 SD above its 20-day mean on 11 October 2017, and near it on 2 November."""
    opened = ("condor", "open", "--expiry", "2017-11-17", *WINGS)
    wild = shell.json(*opened, "--at", "2017-10-12T10:00")
    assert [flag for flag in wild["flags"] if "say why with `override`" in flag]
    calm = shell.json(*opened, "--at", "2017-11-02T10:00")
    assert not [flag for flag in calm["flags"] if "override" in flag]
    assert shell.json("condor", "list", "--as-of", "2017-11-03")["condors"][0]["quantity"] == 2
