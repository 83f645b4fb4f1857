"""Do the two screens of a real window read the journal, and do their forms write entries that stand?"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.journal.acts import open_condor
from core.journal.control import ProposalStatus, control_of
from core.market.times import new_york
from db.connection import connect_reader
from db.journal_read import load_entries
from gui.entry.control import ApproversDialog, ControlDialog, OverrideDialog, PlanDialog
from gui.entry.deciding import DecisionDialog
from gui.entry.proposing import ProposalDialog
from tests.core.market.exchange import calendar
from tests.gui.market_files import closes, days, filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TypeVar

    from pytestqt.qtbot import QtBot

    from core.journal.entry import Entry
    from gui.app import Application

    D = TypeVar("D", bound=ControlDialog)


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    with opened(qtbot, options_of(tmp_path, filled_journal(tmp_path / "journal.db"))) as application:
        yield application


def entries(folder: Path) -> list[Entry]:
    with closing(connect_reader(folder / "journal.db")) as connection:
        return load_entries(connection)


def show(qtbot: QtBot, application: Application) -> None:
    governing = application.context.menus.governing
    application.window.actions_.by_key["discipline"].trigger()
    qtbot.waitUntil(lambda: governing._state is not None, timeout=WAIT_MS)


def form(application: Application, key: str, kind: type[D]) -> D:
    page = application.context.menus.governing.discipline
    assert page is not None
    before = set(application.window.findChildren(kind))
    page.by_key[key].click()
    (dialog,) = set(application.window.findChildren(kind)) - before
    return dialog


def accepted(qtbot: QtBot, application: Application, dialog: ControlDialog) -> None:
    """Accept and wait until the screen was read again with the entry in it."""
    governing = application.context.menus.governing
    before = governing._state
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: governing._state is not before, timeout=WAIT_MS)


def test_the_money_screen_is_filled_when_it_is_first_seen(qtbot: QtBot, application: Application) -> None:
    governing = application.context.menus.governing
    assert governing.money is None  # nothing of it before it is asked for
    application.window.actions_.by_key["money"].trigger()
    page = governing.money
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.cards.views), timeout=WAIT_MS)
    assert page.cards.views[0].caption.text() == "Return a year, all (IRR)"
    application.context.change_theme()
    light = application.context.theme
    assert page.cards.views[3].caption.palette().windowText().color().name() == light.text_muted


def test_two_approvers_put_a_preset_in_force_from_the_window(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    show(qtbot, application)
    named = form(application, "approvers", ApproversDialog)
    named.names.setText("Anna, Ben")
    accepted(qtbot, application, named)
    proposed = form(application, "propose", ProposalDialog)
    proposed.rules.setCurrentText("004-breadth")
    proposed.by.setText("Anna")
    proposed.reason.setText("breadth fails")
    accepted(qtbot, application, proposed)
    for name in ("Anna", "Ben"):
        decided = form(application, "decide", DecisionDialog)
        decided.by.setText(name)
        accepted(qtbot, application, decided)
    in_force = form(application, "decide", DecisionDialog)
    in_force.decision.setCurrentText("put in force")
    accepted(qtbot, application, in_force)
    qtbot.waitUntil(
        lambda: (
            application.context.the_store.state is not None
            and application.context.the_store.state.playbook_name == "004-breadth"
        ),
        timeout=WAIT_MS,
    )
    (proposal,) = control_of(entries(tmp_path)).proposals.values()
    assert proposal.status(application.context.desk.now()) is ProposalStatus.APPLIED
    assert json.loads((tmp_path / "settings.json").read_text("utf-8"))["playbook.name"] == "004-breadth"


def test_a_plan_for_the_next_session_is_sealed_and_shown(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    show(qtbot, application)
    dialog = form(application, "plan", PlanDialog)
    assert dialog.session.text() == "2018-02-05"  # the window's clock stands at Friday, 2018-02-02, 14:05
    dialog.lines.setPlainText("open everything")
    assert not dialog.accept_button.isEnabled()
    assert "write" in dialog.form.rows["items"].reason
    dialog.lines.setPlainText("open layer 1 x4 if EDR >= 0.95\nhold layer 2")
    dialog.session.setText("2018-02-04")
    assert dialog.form.rows["session"].reason == "2018-02-04 is not a trading session"
    dialog.session.setText("2018-02-05")
    accepted(qtbot, application, dialog)
    assert entries(tmp_path)[-1].body["items"] == ["open layer 1 x4 if EDR >= 0.95", "hold layer 2"]
    page = application.context.menus.governing.discipline
    assert page is not None
    assert page.cards.views[2].value.text() == "sealed for 2018-02-05"


def test_an_override_without_a_reason_cannot_be_accepted(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    show(qtbot, application)
    dialog = form(application, "override", OverrideDialog)
    dialog.against.setText("layer 2 confirmed")
    assert not dialog.accept_button.isEnabled()
    assert "Still needed: Reason" in dialog.state_label.text()
    dialog.reason.setText("calls too dear")
    accepted(qtbot, application, dialog)
    last = entries(tmp_path)[-1]
    assert (last.body["against"], last.note) == ("layer 2 confirmed", "calls too dear")


def test_a_rejection_needs_its_reason_and_ends_the_proposal(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    show(qtbot, application)
    proposed = form(application, "propose", ProposalDialog)
    proposed.about.setCurrentText("layer")
    assert proposed.form.rows["new"].isHidden()
    proposed.layer.setText("2")
    proposed.by.setText("Anna")
    proposed.reason.setText("dear")
    accepted(qtbot, application, proposed)
    decided = form(application, "decide", DecisionDialog)
    decided.decision.setCurrentText("reject")
    decided.by.setText("Anna")
    assert not decided.accept_button.isEnabled()
    decided.reason.setText("kept after all")
    accepted(qtbot, application, decided)
    (proposal,) = control_of(entries(tmp_path)).proposals.values()
    assert proposal.rejected_by == "Anna"


def test_what_a_steward_would_not_have_done_is_said_across_the_window(
    qtbot: QtBot, application: Application
) -> None:
    """Open a condor on the morning after a close that stands 1.5 SD above its mean, found here by numpy."""
    vix, sessions = closes()["VIX"], days()
    windows = np.lib.stride_tricks.sliding_window_view(vix, 20)
    z = (vix[19:] - windows.mean(axis=1)) / windows.std(axis=1, ddof=1)
    spike = int(np.flatnonzero(z[:-1] >= 1.5)[-1]) + 20  # the session after
    wings = {"puts": (Decimal(1500), Decimal(1525)), "calls": (Decimal(4000), Decimal(4025))}
    draft = open_condor(
        application.context.the_store.facts.book,  # type: ignore[union-attr]
        calendar(),
        root="SPX",
        expiry=date(2018, 3, 16),
        quantity=3,
        credit=Decimal(2),
        fees=Decimal(0),
        at=new_york(sessions[spike].item(), time(10, 0)),
        **wings,
    )
    application.context.menus.recorder.record(draft, lambda: None, pytest.fail)
    banner = application.window.banners
    qtbot.waitUntil(lambda: "beyond plan and rule" in banner.text_of("promoter"), timeout=WAIT_MS)
