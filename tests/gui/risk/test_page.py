"""Does the risk screen show what the engine says, of the last question asked, without ever waiting for it?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from core.monitor.evaluate import evaluate
from core.monitor.risk import risk
from core.positions.book import Book
from core.risk_state import RiskAsked
from gui.formats import number_text, profit_text
from gui.risk.page import COMPUTING, RiskPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from core.state import Facts
    from gui.theme import Theme


@pytest.fixture
def page(qtbot: QtBot, any_theme: Theme, demo_facts: Facts) -> Iterator[RiskPage]:
    page = RiskPage(any_theme)
    qtbot.addWidget(page)
    page.resize(1500, 760)
    page.show()
    page.show_facts(demo_facts, evaluate(demo_facts).edr_points)
    settle(qtbot, page)
    yield page
    page.forget()


def settle(qtbot: QtBot, page: RiskPage) -> None:
    """Wait until the last question is answered."""
    qtbot.waitUntil(lambda: page.state is not None and not page._latest.is_busy, timeout=20_000)


def test_the_screen_says_what_the_engine_says(page: RiskPage, demo_facts: Facts) -> None:
    state = risk(demo_facts)
    expiry = state.curve("expiry")
    assert expiry is not None
    assert page.headline.cells["profit"].big.text() == profit_text(state.point.hedged.value, 0)
    nearest = min(expiry.break_evens.points, key=lambda point: abs(point - (state.spx.value or 0)))
    assert number_text(nearest, 1) in page.headline.cells["hedged"].big.text()
    assert [mark.level for mark in page.pictures.payoff.markers.markers if mark.is_hedged] == [
        *expiry.break_evens.points
    ]
    assert page.tables.pages["Neutrality"].model_.rowCount() == len(state.greeks)
    assert [*page.gauges.rows] == [gauge.key for gauge in state.gauges]
    assert page.migration.rows[0].name == "bare"
    assert page.pictures.payoff.notice.text == ""
    heard = page.pictures.payoff.view.accessibleDescription()
    assert (
        f"now {profit_text(state.point.hedged.value, 0)}, bare {profit_text(state.point.bare.value, 0)}" in heard
    )


def test_a_slider_asks_the_same_function_what_if(qtbot: QtBot, page: RiskPage, demo_facts: Facts) -> None:
    spx = round((page.state.spx.value if page.state else None) or 0) - 60
    page.what_if.spx.slider.setValue(spx)
    page.what_if.days.slider.setValue(5)
    settle(qtbot, page)
    wanted = risk(demo_facts, RiskAsked(spx=float(spx), days=5.0))
    assert page.state is not None
    assert page.state.asked == wanted.asked
    assert page.headline.cells["profit"].big.text() == profit_text(wanted.point.hedged.value, 0)
    assert page.status.title.text().endswith("WHAT-IF")
    assert page.frame.is_what_if
    assert page.what_if.vix.box.value() == pytest.approx(wanted.point.vix.value, abs=0.06)


def test_escape_goes_back_to_the_market(qtbot: QtBot, page: RiskPage) -> None:
    page.what_if.put(1200.0, 30.0)
    settle(qtbot, page)
    assert page.state is not None
    assert page.state.asked.is_what_if
    page.activateWindow()
    page.pictures.payoff.view.setFocus()
    qtbot.keyClick(page.pictures.payoff.view, Qt.Key.Key_Escape)
    settle(qtbot, page)
    assert page.state.asked == RiskAsked()
    assert not page.frame.is_what_if


def test_an_empty_book_says_what_to_do(qtbot: QtBot, page: RiskPage, demo_facts: Facts) -> None:
    empty = replace(demo_facts, book=Book())
    page.show_facts(empty, evaluate(empty).edr_points)
    qtbot.waitUntil(lambda: page.state is not None and not page.state.legs, timeout=20_000)
    for chart in (page.pictures.payoff, page.pictures.heat):
        assert "Ctrl+N" in chart.notice.text
    assert page.headline.cells["hedged"].big.text() == "—"


def test_without_spx_the_screen_asks_for_a_quote(qtbot: QtBot, page: RiskPage, demo_facts: Facts) -> None:
    columns = {name: values for name, values in demo_facts.past.history.columns.items() if name != "SPX"}
    from core.monitor.past import make_past

    past = make_past(replace(demo_facts.past.history, columns=columns), demo_facts.playbook)
    blind = replace(demo_facts, past=past, quotes={})
    page.show_facts(blind, evaluate(blind).edr_points)
    qtbot.waitUntil(lambda: page.state is not None and not page.state.spx.is_known, timeout=20_000)
    assert page.pictures.payoff.notice.text.startswith("SPX is unknown")
    assert "Ctrl+K" in page.pictures.payoff.notice.text
    page.pictures.payoff.fit(everything=True)
    page.pictures.heat.fit(everything=True)
    page.copy_values()
    assert not page.what_if.spx.isEnabled()


def test_a_hidden_screen_asks_nothing_until_it_is_shown(qtbot: QtBot, theme: Theme, demo_facts: Facts) -> None:
    page = RiskPage(theme)
    qtbot.addWidget(page)
    page.show_facts(demo_facts, evaluate(demo_facts).edr_points)
    assert not page._latest.is_busy
    page.show()
    settle(qtbot, page)
    assert page.state is not None
    page.forget()


def test_a_newer_picture_under_way_is_said(qtbot: QtBot, page: RiskPage) -> None:
    page._on_busy(True)
    qtbot.waitUntil(lambda: page.status.busy.text() == COMPUTING)
    page._on_busy(False)
    assert page.status.busy.text() == ""


def test_values_are_copied_where_the_reader_looks(page: RiskPage) -> None:
    state = page.state
    assert state is not None
    page.pictures.payoff.pointed.emit(None)
    page.pictures._point_at(page.pictures.payoff.box.mapToView(page.pictures.payoff.box.rect().center()))
    page.copy_values()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert len(lines) == 1 + len(state.curves)
    index = page.pictures.index
    assert index is not None
    assert float(lines[1][1]) == pytest.approx(state.grid[index])
    assert float(lines[1][2]) == pytest.approx(state.curves[0].hedged[1][index], abs=0.01)


def test_the_picture_is_saved_or_the_reason_said(qtbot: QtBot, page: RiskPage, tmp_path: Path) -> None:
    file = tmp_path / "risk.png"
    with qtbot.waitSignal(page.said):
        page.save_picture(file)
    image = QImage(str(file))
    assert (image.width(), image.height()) == (page.width(), page.height())
    with qtbot.waitSignal(page.complained) as told:
        page.save_picture(tmp_path / "nowhere" / "risk.png")
    assert "not saved" in told.args[0]


def test_every_control_has_a_name(page: RiskPage) -> None:
    bar = page.what_if
    named = [bar.scope, bar.ticket.line, *bar.responses.values(), *bar.layers.values()]
    named += [part for dial in bar.dials for part in (dial.slider, dial.box, dial.free_button)]
    named += [page.pictures.payoff.view, page.pictures.heat.view]
    assert all(widget.accessibleName() for widget in named)
