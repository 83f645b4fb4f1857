"""Do the facts hold only quotes that passed the gate, judged in the order in which they came?"""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from core.market.quote import Quote
from core.market.quote_gate import Admitted, admit
from core.market.snapshot import Ages
from db.connection import connect_writer
from db.facts import load_facts
from db.market_store import add_quotes
from db.playbooks import load_playbook
from tests.gui.market_files import NOW, closes, filled_journal

if TYPE_CHECKING:
    from pathlib import Path

    from core.state import Facts

SPX = float(closes()["SPX"][-1])


def quote(share: float, seconds: float) -> Quote:
    """SPX as a share of its last close, so many seconds before NOW."""
    return Quote("SPX", round(SPX * share, 2), NOW - timedelta(seconds=seconds))


def facts_with(path: Path, *coming: Quote, now_after_s: float = 0) -> Facts:
    """Store quotes one after the other, a second apart, and read the facts."""
    with closing(connect_writer(filled_journal(path))) as connection:
        for count, one in enumerate(coming):
            add_quotes(connection, [one], NOW + timedelta(seconds=count))
        return load_facts(connection, load_playbook(), Ages(), NOW + timedelta(seconds=now_after_s))


def test_what_is_read_back_is_what_the_window_had_judged(tmp_path: Path) -> None:
    coming = (quote(1, 300), quote(10, 250), quote(1.01, 200), quote(0.7, 150), quote(0.71, 140), quote(1.02, 220))
    facts = facts_with(tmp_path / "journal.db", *coming)
    shown = Admitted()
    for one in coming:
        shown = admit(shown, [one], facts.past.history)
    assert (facts.quotes, facts.set_aside) == (shown.quotes, shown.set_aside)
    assert [round(one.value / SPX, 2) for one in facts.quotes["SPX"]] == [1.0, 1.02, 1.01, 0.71]
    assert [one.is_late for one in facts.quotes["SPX"]] == [False, True, False, False]
    assert [one.is_suspect for one in facts.set_aside] == [True, False]


def test_an_earlier_look_judges_by_what_was_known_then(tmp_path: Path) -> None:
    coming = (quote(1, 300), quote(0.7, 150), quote(0.71, 140))
    then = facts_with(tmp_path / "a.db", *coming, now_after_s=-145)
    assert [round(one.value / SPX, 2) for one in then.quotes["SPX"]] == [1.0]
    assert len(then.set_aside) == 1
    now = facts_with(tmp_path / "b.db", *coming)
    assert [round(one.value / SPX, 2) for one in now.quotes["SPX"]] == [1.0, 0.71]
    assert now.set_aside == ()
