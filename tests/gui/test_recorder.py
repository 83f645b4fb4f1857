"""Quotes typed, alerts acknowledged, acts entered in the real window: what is shown, and what is on the disk."""

from __future__ import annotations

import math
import statistics
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from core.journal.acts import write_note
from core.journal.entry import EntryKind
from db.connection import JournalNotWrittenError, connect_reader
from db.journal_read import load_entries
from db.verify import verify
from gui.entry.account import AccountDialog
from gui.entry.closing import CloseDialog
from gui.entry.condor import CondorDialog
from gui.entry.layer import LayerDialog
from gui.entry.note import NoteDialog
from gui.entry.rolling import CondorRollDialog
from gui.entry.settling import SettleDialog
from gui.holding import HoldingKey
from tests.gui.market_files import NOW, closes, filled_journal, vix_expiry
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from core.journal.entry import Entry
    from gui.app import Application
    from gui.entry.dialog import EntryDialog
    from gui.panes import Panes


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return filled_journal(tmp_path / "journal.db")


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path, journal: Path) -> Iterator[Application]:
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        yield application


def panes_of(application: Application) -> Panes:
    panes = application.context.panes
    assert panes is not None
    return panes


def entries_of(journal: Path) -> list[Entry]:
    with closing(connect_reader(journal)) as connection:
        return load_entries(connection)


def type_quotes(qtbot: QtBot, application: Application, text: str) -> None:
    line = application.context.menus.quote_line
    qtbot.keyClicks(line.field, text)
    qtbot.keyClick(line.field, Qt.Key.Key_Return)


def form(application: Application, kind: type[EntryDialog]) -> EntryDialog:
    found = [dialog for dialog in application.window.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def enter_condor(qtbot: QtBot, application: Application) -> CondorDialog:
    application.window.actions_.by_key["condor"].trigger()
    dialog = form(application, CondorDialog)
    assert isinstance(dialog, CondorDialog)
    dialog.expiry.line.setText("2018-03-16")
    dialog.quantity.setText("2")
    for fields, texts in ((dialog.puts, ("2550", "2600")), (dialog.calls, ("2875", "2925"))):
        for field, text in zip(fields, texts, strict=True):
            field.setText(text)
    dialog.credit.setText("13.42")
    return dialog


def accept(qtbot: QtBot, application: Application, dialog: EntryDialog, entries: int) -> None:
    """Press the button of a form and wait until the window shows so many entries."""
    assert dialog.draft is not None, dialog.state_label.text()
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: len(application.context.the_store.log) == entries, timeout=WAIT_MS)


def test_a_typed_quote_changes_the_edr_tile_and_the_triggers_at_once_and_is_stored(
    qtbot: QtBot, application: Application, journal: Path
) -> None:
    panes = panes_of(application)
    type_quotes(qtbot, application, "SPX 2600 VIX 14")
    spx = [*closes()["SPX"][-20:], 2600.0]
    returns = [math.log(after / before) for before, after in pairwise(spx)]
    hv20 = 100 * statistics.stdev(returns) * math.sqrt(252)
    vix9d = 14.0 * closes()["VIX9D"][-1] / closes()["VIX"][-1]
    expected = (0.6 * vix9d + 0.4 * hv20) / math.sqrt(252)
    assert panes.strip.cell("spx").face.value == "2,600.00"
    assert panes.strip.cell("edr").face.value.rstrip("*") == f"{expected:.3f}"
    state = application.context.the_store.state
    assert state is not None
    now = state.layers[0].provisional
    assert now is not None
    # VIX climbed for weeks without a pause; this quote takes its RSI over 70 and blocks what stood at the close.
    assert (state.layers[0].trigger.value, now.value) == ("confirmed", "blocked")
    assert any("now blocked*" in detail.text for detail in panes.strip.cell("layer1").face.details)

    def stored() -> list[tuple[str, float]]:
        with closing(connect_reader(journal)) as connection:
            return connection.execute("SELECT symbol, value FROM market_quote ORDER BY symbol").fetchall()

    qtbot.waitUntil(lambda: stored() == [("SPX", 2600.0), ("VIX", 14.0)], timeout=WAIT_MS)


def test_an_alert_is_acknowledged_by_an_entry_and_is_quiet_then(
    qtbot: QtBot, application: Application, journal: Path
) -> None:
    type_quotes(qtbot, application, "SPX 2650 VIX 32.5")
    alerts = panes_of(application).alerts
    assert alerts.rows
    alert = next(row.alert for row in alerts.rows if row.alert.key.startswith("rung:"))
    row = next(row for row in alerts.rows if row.alert == alert)
    row.button.click()
    assert not row.button.isEnabled()
    qtbot.waitUntil(lambda: alert not in [row.alert for row in alerts.rows], timeout=WAIT_MS)
    last = entries_of(journal)[-1]
    assert last.kind is EntryKind.ALERT_ACKNOWLEDGED
    assert last.body == {"alert": alert.key}
    assert last.stamp.vix == 32.5
    _, rung, day = alert.key.split(":")
    assert panes_of(application).log.model_.row_at(0).what == f"acknowledged rung {rung} on {day}"


def test_the_key_for_it_acknowledges_the_first_alert(
    qtbot: QtBot, application: Application, journal: Path
) -> None:
    type_quotes(qtbot, application, "SPX 2650 VIX 32.5")
    first = panes_of(application).alerts.rows[0].alert
    application.window.actions_.by_key["acknowledge"].trigger()
    qtbot.waitUntil(lambda: len(entries_of(journal)) == 2, timeout=WAIT_MS)
    assert entries_of(journal)[-1].body == {"alert": first.key}


def test_a_condor_that_is_entered_shows_its_break_evens(
    qtbot: QtBot, application: Application, journal: Path
) -> None:
    dialog = enter_condor(qtbot, application)
    assert "Max loss" in dialog.preview_label.text()
    accept(qtbot, application, dialog, entries=2)
    state = application.context.the_store.state
    assert state is not None
    assert state.condors[0].bare.points == pytest.approx((2600 - 13.42, 2875 + 13.42))
    row = panes_of(application).book.model_.rows[0]
    texts = [
        panes_of(application).book.model_.data(panes_of(application).book.model_.index(0, c)) for c in range(12)
    ]
    assert any("2,586.6 / 2,888.4" in text for text in texts), texts
    assert row.key == HoldingKey(1)
    last = entries_of(journal)[-1]
    assert last.kind is EntryKind.CONDOR_OPENED
    assert last.recorded_at == NOW
    assert last.stamp.playbook_hash == state.playbook_hash
    qtbot.waitUntil(lambda: not application.window.findChildren(CondorDialog))


def test_what_the_disk_refuses_is_not_shown_as_saved_and_stays_in_the_form(
    qtbot: QtBot, application: Application, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise JournalNotWrittenError("not saved, the disk is full; the journal is as it was before")

    monkeypatch.setattr("db.journal_store.append", refused)
    dialog = enter_condor(qtbot, application)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: "the disk is full" in dialog.state_label.text(), timeout=WAIT_MS)
    assert dialog.isVisible()
    assert dialog.credit.text() == "13.42"
    assert dialog.accept_button.isEnabled()
    state = application.context.the_store.state
    assert state is not None
    assert state.condors == ()
    assert len(application.context.the_store.log) == 1
    monkeypatch.undo()
    accept(qtbot, application, dialog, entries=2)
    assert len(entries_of(journal)) == 2


def test_the_whole_life_of_a_condor_and_its_layer_is_written_act_by_act(
    qtbot: QtBot, application: Application, journal: Path
) -> None:
    book = panes_of(application).book
    accept(qtbot, application, enter_condor(qtbot, application), entries=2)
    book.select(HoldingKey(1))
    book.open_layer_requested.emit(HoldingKey(1, 2))
    layer = form(application, LayerDialog)
    assert isinstance(layer, LayerDialog)
    layer.legs.line.setText(f"+4 VIX {vix_expiry(2)} C 20 @ 1.20")
    layer.legs.add_line()
    accept(qtbot, application, layer, entries=3)
    state = application.context.the_store.state
    assert state is not None
    assert state.layers[1].position.value == "live"
    book.note_requested.emit(HoldingKey(1))
    note = form(application, NoteDialog)
    assert isinstance(note, NoteDialog)
    note.words.setPlainText("entered in the calm")
    accept(qtbot, application, note, entries=4)
    book.roll_requested.emit(HoldingKey(1))
    roll = form(application, CondorRollDialog)
    roll.reject()
    book.close_requested.emit(HoldingKey(1))
    close = form(application, CloseDialog)
    assert isinstance(close, CloseDialog)
    close.debit.setText("4.10")
    accept(qtbot, application, close, entries=5)
    kinds = [entry.kind.value for entry in entries_of(journal)]
    assert kinds == ["journal_created", "condor_opened", "layer_opened", "note_written", "condor_closed"]
    with closing(connect_reader(journal)) as connection:
        assert verify(connection).ok


def test_a_settlement_is_filled_in_only_where_it_was_imported(qtbot: QtBot, application: Application) -> None:
    accept(qtbot, application, enter_condor(qtbot, application), entries=2)
    panes_of(application).book.settle_requested.emit(HoldingKey(1))
    qtbot.waitUntil(lambda: bool(application.window.findChildren(SettleDialog)), timeout=WAIT_MS)
    dialog = form(application, SettleDialog)
    assert isinstance(dialog, SettleDialog)
    assert dialog.value.text() == ""
    assert "not imported" in dialog.origin.text()
    dialog.reject()


def test_the_account_is_stated(qtbot: QtBot, application: Application) -> None:
    application.window.actions_.by_key["account"].trigger()
    dialog = form(application, AccountDialog)
    assert isinstance(dialog, AccountDialog)
    for field, text in ((dialog.equity, "250000"), (dialog.cash, "180000"), (dialog.notional, "100000")):
        field.setText(text)
    accept(qtbot, application, dialog, entries=2)
    facts = application.context.the_store.facts
    assert facts is not None
    assert facts.book.account is not None
    assert facts.book.account.equity == 250_000


def test_a_form_thrown_away_while_it_is_saved_does_no_harm_and_a_refusal_is_said_then(
    qtbot: QtBot, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise JournalNotWrittenError("not saved, the disk is full")

    monkeypatch.setattr("db.journal_store.append", refused)
    dialog = enter_condor(qtbot, application)
    dialog.accept_button.click()
    dialog.done(0)
    qtbot.waitUntil(lambda: "disk is full" in application.window.banners.text_of("entry"), timeout=WAIT_MS)


def test_an_act_carries_the_market_of_its_own_moment(
    qtbot: QtBot, application: Application, journal: Path
) -> None:
    facts = application.context.the_store.facts
    assert facts is not None
    then = facts.past.history.calendar.close_of(facts.past.history.days[-10].item())
    done: list[str] = []
    draft = write_note(facts.book, text="looking back", at=then)
    application.context.menus.recorder.record(draft, lambda: done.append("saved"), done.append)
    qtbot.waitUntil(lambda: done == ["saved"], timeout=WAIT_MS)
    stamped = entries_of(journal)[-1].stamp
    assert (stamped.spx, stamped.vix) == (closes()["SPX"][-10], closes()["VIX"][-10])
