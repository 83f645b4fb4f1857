"""What is done on the database thread, done here without one."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.journal.acts import write_note
from core.market.quote import Quote
from core.market.snapshot import Ages
from core.market.times import end_of_day
from db.connection import JournalError, JournalMissingError, NotAJournalError, connect_reader
from db.lock import hold_journal
from db.playbooks import load_playbook
from gui import jobs, market_jobs
from tests.gui.market_files import NOW, closes, days, filled_journal

if TYPE_CHECKING:
    from pathlib import Path

RULES = jobs.Rules(load_playbook(), Ages())


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return filled_journal(tmp_path / "journal.db")


def test_an_open_journal_is_held_against_others_and_let_go_at_the_end(journal: Path) -> None:
    with jobs.open_journal(journal, NOW) as held:
        assert held.read_only == ""
        with jobs.open_journal(journal, NOW) as second:
            assert "in use" in second.read_only
            assert jobs.load(second, RULES, NOW).facts.past.history.length == len(days())
    with hold_journal(journal):
        pass


def test_nothing_is_written_to_a_journal_that_is_in_use(journal: Path) -> None:
    with jobs.open_journal(journal, NOW), jobs.open_journal(journal, NOW) as second:
        book = jobs.load(second, RULES, NOW).facts.book
        with pytest.raises(JournalError, match=r"not saved: .* in use"):
            jobs.record(second, write_note(book, text="no", at=NOW), RULES, NOW)
        with pytest.raises(JournalError, match=r"not saved: .* in use"):
            jobs.store_quotes(second, [Quote("VIX", 20.0, NOW)], NOW)
        jobs.keep_past(second, RULES, NOW)
    with closing(connect_reader(journal)) as connection:
        assert connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM market_quote").fetchone() == (0,)


@pytest.mark.parametrize(("text", "error"), [(None, JournalMissingError), ("my notes", NotAJournalError)])
def test_what_cannot_be_opened_is_refused_by_its_name(
    tmp_path: Path, text: str | None, error: type[JournalError]
) -> None:
    path = tmp_path / "x.db"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=r"x\.db"), jobs.open_journal(path, NOW):
        pass


def test_the_charts_can_be_filled_from_a_kept_past_and_only_from_one_of_these_rules_and_closes(
    journal: Path,
) -> None:
    with jobs.open_journal(journal, NOW) as held:
        assert jobs.load_closes(held, RULES, NOW) is None
        jobs.keep_past(held, RULES, NOW)
        kept = jobs.load_closes(held, RULES, NOW)
        assert kept is not None
        made = jobs.load(held, RULES, NOW).facts.past
        assert kept.past.measured.edr_pct.tolist() == pytest.approx(made.measured.edr_pct.tolist(), nan_ok=True)
        assert (kept.past.triggers.state == made.triggers.state).all()
        assert jobs.load_closes(held, jobs.Rules(load_playbook("000-ladder"), Ages()), NOW) is None
        assert jobs.load_closes(held, RULES, NOW - timedelta(days=30)) is None


def test_looking_back_loads_nothing_later(journal: Path) -> None:
    then = end_of_day(days()[100].item())
    with jobs.open_journal(journal, NOW) as held:
        draft = write_note(jobs.load(held, RULES, NOW).facts.book, text="later", at=NOW)
        jobs.record(held, draft, RULES, NOW)
        loaded = jobs.load(held, RULES, then)
        assert loaded.facts.past.history.length == 101
        assert loaded.log == []
        assert len(jobs.load(held, RULES, NOW).log) == 2


def test_an_entry_is_stamped_with_the_market_of_its_moment(journal: Path) -> None:
    then = end_of_day(days()[100].item())
    with jobs.open_journal(journal, NOW) as held:
        book = jobs.load(held, RULES, NOW).facts.book
        entries, after = jobs.record(held, write_note(book, text="back then", at=then), RULES, NOW)
    assert (entries[0].stamp.spx, entries[0].stamp.vix) == (closes()["SPX"][100], closes()["VIX"][100])
    assert after.last_seq == 2


def test_a_file_is_planned_without_a_trace_and_written_once(journal: Path, tmp_path: Path) -> None:
    file = tmp_path / "VVIX_History.csv"
    file.write_text("DATE,OPEN,HIGH,LOW,CLOSE\n01/31/2018,90,95,88,92.5\n02/01/2018,92,97,91,94.0\n", "utf-8")
    with jobs.open_journal(journal, NOW) as held:
        plan = market_jobs.plan_file(held, market_jobs.AskedFile(file), NOW)
        assert (plan.symbol, plan.parsed.rows) == ("VVIX", 2)
        first = market_jobs.commit_file(held, plan, NOW, skip_refused=False, replace=False)
        second = market_jobs.commit_file(held, plan, NOW, skip_refused=False, replace=False)
    assert (first.new, second.new) == (2, 0)


def test_where_no_lock_can_be_made_a_journal_is_read(tmp_path: Path) -> None:
    """A folder in the lock's place stands for a folder that cannot be written: root may write everywhere."""
    path = filled_journal(tmp_path / "journal.db")
    path.with_name("journal.db.lock").mkdir()
    with jobs.open_journal(path, NOW) as journal:
        assert "cannot be written to" in journal.read_only
        assert jobs.load(journal, RULES, NOW).read_only == journal.read_only
