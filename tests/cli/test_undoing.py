"""Are acts undone and redone by command, with the book, the log and both kinds of moment following?"""

from tests.cli.shell import Shell


def quantity(shell: Shell, *words: str) -> list[int]:
    return [one["quantity"] for one in shell.json("condor", "list", *words)["condors"]]


def test_undo_and_redo_go_back_and_forth_and_nothing_is_rewritten(booked: Shell) -> None:
    before = booked.json("log")["rows"]
    assert booked.json("undo", "--note", "typing error")["entries"][0]["note"] == "typing error"
    assert booked.json("undo")["entries"][0]["kind"] == "act_undone"
    acts = booked.json("history")["acts"]
    assert [act["undone_by"] for act in acts] == [None, None, 7, 6]
    booked.done("redo")
    assert [act["undone_by"] for act in booked.json("history")["acts"]] == [None, None, None, 6]
    assert booked.json("log")["rows"][: len(before)] == before
    assert booked.json("verify")["ok"]


def test_what_others_build_on_stays(booked: Shell) -> None:
    assert "entry 3 builds on entry 2: undo that one first" in booked.refused("undo", "2")
    assert "there is no entry 77" in booked.refused("undo", "77")
    assert "not a number" in booked.misused("undo", "last")
    assert "nothing was undone since the last act" in booked.refused("redo")


def test_as_of_and_known_at_are_two_things(booked: Shell) -> None:
    """The condor was opened on 2018-01-10 and entered today; undone, it is known to have been there only then."""
    acts = booked.json("history")["acts"]
    entered = next(act["time"] for act in acts if act["kind"] == "account_stated")
    for seq in ("4", "3", "2"):
        booked.done("undo", seq)
    assert quantity(booked, "--as-of", "2018-01-12") == []
    assert quantity(booked, "--as-of", "2018-01-12", "--known-at", entered) == [10]
    assert quantity(booked, "--as-of", "2018-01-09", "--known-at", entered) == []
    assert "--known-at" in booked.misused("status", "--known-at", "soon")


def test_the_timeline_tells_the_market_of_each_step(booked: Shell) -> None:
    booked.done("condor", "close", "1", "--debit", "2.10", "--quantity", "4", "--at", "2018-01-12T10:00")
    found = booked.json("condor", "timeline", "1")["timeline"]
    assert [(one["step"], one["condors_after"]) for one in found] == [
        ("opened", 10),
        ("hedge opened", 10),
        ("closed in part", 6),
    ]
    assert found[2]["net_cash_after"].startswith("4308")  # 5,200 - 52 - 840
    assert all(one["spx"] and one["vix"] for one in found)
    text = booked.done("condor", "timeline", "1").out
    assert "closed in part" in text
    assert "VIX " in text
    assert "there is no condor 9" in booked.refused("condor", "timeline", "9")
