from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from core.market.figure import Input, known, unknown
from core.playbook.verdict import Trigger
from core.positions.book import Layer
from core.positions.leg import DatedFill, parse_fill
from gui.charts.screen import NO_DATA, ChartsScreen
from gui.theme import load_theme
from tests.gui.charts.pasts import ROOT, full_past, measured, playbook
from tests.gui.states import STATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from core.market.figure import Figure
    from core.state import MonitorState
    from gui.theme import Theme

LENGTH = 300
PAST = full_past(LENGTH)
LAST_DAY, NEXT_DAY = PAST.history.days[-1].item(), PAST.history.calendar.days[LENGTH].item()
NOW = datetime(NEXT_DAY.year, NEXT_DAY.month, NEXT_DAY.day, 19, 5, tzinfo=UTC)
CLOSED = datetime.fromtimestamp(int(PAST.history.closes[-1]), UTC)


def at(value: float, unit: str, moment: datetime = NOW) -> Figure:
    return known(value, unit, inputs=(Input("quote", value, unit, moment),))


def live_state(vix: float = 31.0) -> MonitorState:
    """A state in the session after the closes, with quotes of SPX and VIX."""
    row = PAST.history.until(0)
    values = {"vix_sma20": np.array([23.5]), "vix_sd20": np.array([2.5])}
    provisional = replace(measured(row), **values)
    triggers = (Trigger.CONFIRMED, Trigger.ARMED, None, Trigger.BLOCKED)
    bought = DatedFill(parse_fill("+4 VIX 2019-04-17 C 19 @ 1.90"), CLOSED, 1, "open")
    held = Layer((bought,), Decimal(-760), Decimal(0), CLOSED, (), 1, None)
    layers = tuple(
        replace(layer, provisional=trigger, holdings=(held,) if layer.number == 1 else ())
        for layer, trigger in zip(STATE.layers, triggers, strict=True)
    )
    return replace(
        STATE,
        as_of=NOW,
        spx=at(2671.0, "points"),
        vix=at(vix, "points"),
        edr=at(1.69, "%"),
        edr_points=at(45.2, "points"),
        layers=layers,
        past=PAST,
        provisional=provisional,
        provisional_day=NEXT_DAY,
    )


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> Iterator[ChartsScreen]:
    made = ChartsScreen(theme)
    qtbot.addWidget(made)
    made.resize(1600, 900)
    made.show()
    yield made
    made.close()


def test_before_data_it_says_what_to_do(screen: ChartsScreen) -> None:
    assert screen.date_label.text() == NO_DATA
    screen.show_state(live_state())
    assert screen.date_label.text() == NO_DATA


def test_the_readout_names_every_series_in_words_and_units(screen: ChartsScreen) -> None:
    screen.show_past(PAST, playbook())
    screen.stack.point_at(104)
    edr = 0.5 + 0.7 * 104 / 299
    spx = float(PAST.measured.spx[104])
    assert screen.readout_text() == "; ".join(
        [
            "Fri 2018-05-25, close",  # the 104th weekday after Monday 2018-01-01
            f"EDR {edr:.2f} %",
            f"{edr / 100 * spx:,.1f} points",
            "green zone, below rung 1",
            f"VIX {10 + 10 * edr:.2f} points",
            f"20-day mean {9 + 10 * edr:.2f} points",
            "z +0.5 SD from the mean",
            f"A/D {PAST.measured.ad_line[104]:,.0f} issues",
            f"SPX {spx:,.2f} points",
            "bearish divergence, grade pronounced, 5 sessions",
            "L1 off",
            "L2 off",
            "L3 blocked",
            "L4 unknown",
        ]
    )
    assert screen.stack.view.accessibleDescription() == screen.readout_text()


def test_the_last_session_is_said_where_nothing_is_pointed_at(screen: ChartsScreen) -> None:
    screen.show_past(PAST, playbook())
    assert screen.date_label.text() == f"{LAST_DAY:%a %Y-%m-%d}, close"
    assert "EDR 1.20 %; " in screen.readout_text()
    assert "red zone, on all 4 rungs" in screen.readout_text()
    assert "L1 confirmed" in screen.readout_text()


def test_keys_move_the_crosshair_and_the_range(screen: ChartsScreen, qtbot: QtBot) -> None:
    screen.show_past(PAST, playbook())
    screen.activateWindow()
    screen.setFocus()
    qtbot.waitUntil(screen.stack.view.hasFocus)
    view = screen.stack.view
    for key, index in (
        (Qt.Key.Key_Left, 299),
        (Qt.Key.Key_Left, 298),
        (Qt.Key.Key_Right, 299),
        (Qt.Key.Key_Right, 299),
    ):
        qtbot.keyClick(view, key)
        assert screen.stack.pointed_index == index
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert screen.stack.pointed_index is None
    qtbot.keyClick(view, Qt.Key.Key_3)
    assert screen.stack.span.first == 300 - 63
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert screen.stack.span.first == 0
    assert screen.stack.span.last < 70
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert screen.stack.span.last >= 300
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert (screen.stack.span.first, screen.stack.span.last) == (0, 305)


def test_a_button_shows_its_range(screen: ChartsScreen, qtbot: QtBot) -> None:
    screen.show_past(PAST, playbook())
    button = next(b for b in screen.findChildren(QAbstractButton) if b.text() == "3M")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert screen.stack.span.first == 300 - 63


def test_a_tick_adds_the_provisional_session(screen: ChartsScreen) -> None:
    screen.show_past(PAST, playbook())
    screen.show_state(live_state())
    assert screen.stack.length == LENGTH + 1
    assert screen.date_label.text() == f"{NEXT_DAY:%a %Y-%m-%d}, provisional at 14:05:00 ET"  # five hours behind
    said = screen.readout_text()
    for words in (
        "EDR 1.69 %; 45.2 points; red zone",
        "VIX 31.00 points; 20-day mean 23.50 points; z +3.0 SD",
        "A/D unknown; SPX 2,671.00 points",
        "L1 confirmed, position live; L2 armed; L3 unknown; L4 blocked",
    ):
        assert words in said
    assert [label.text for label in screen.stack.vix.labels.labels] == ["VIX 31.00*", "mean 23.50*"]
    low, high = screen.stack.vix.box.viewRange()[1]
    assert low < 31.0 < high


def test_the_next_tick_replaces_it_and_a_stale_quote_leaves_a_gap(screen: ChartsScreen) -> None:
    screen.show_past(PAST, playbook())
    screen.show_state(live_state())
    screen.show_state(live_state(vix=32.5))
    assert screen.stack.length == LENGTH + 1
    assert screen.stack.vix.vix.value_at(LENGTH) == 32.5
    screen.show_state(replace(live_state(), vix=unknown("last quote is 31 min old", "points")))
    assert np.isnan(screen.stack.vix.vix.value_at(LENGTH))
    assert "VIX unknown" in screen.readout_text()


def test_a_close_that_still_holds_is_not_drawn_as_todays_value(screen: ChartsScreen) -> None:
    screen.show_past(PAST, playbook())
    screen.show_state(replace(live_state(), spx=at(2600.0, "points", CLOSED)))
    assert np.isnan(screen.stack.breadth.spx.value_at(LENGTH))


def test_without_a_live_session_the_provisional_one_goes(screen: ChartsScreen) -> None:
    screen.show_past(PAST, playbook())
    screen.show_state(live_state())
    screen.show_state(replace(live_state(), provisional=None, provisional_day=None))
    assert screen.stack.length == LENGTH
    assert screen.stack.vix.vix.levels.length == LENGTH
    assert screen.stack.layers.timeline.rows[0].length == LENGTH


def test_a_position_is_live_from_the_day_of_its_fill(screen: ChartsScreen) -> None:
    screen.show_past(PAST, playbook())
    screen.show_state(live_state())
    assert screen.stack.layers.timeline.live == (((298.5, 300.5),), (), (), ())


def test_another_theme_recolours_everything(screen: ChartsScreen) -> None:
    screen.show_past(PAST, playbook())
    light = load_theme("light")
    screen.set_theme(light)
    image = screen.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 1600, 2) for y in range(60, 900, 2)}
    dark = load_theme("dark")
    for role in ("background", "panel", "zone_red", "trigger_confirmed"):
        assert getattr(light, role) in colours, role
        assert getattr(dark, role) not in colours, role


def test_every_widget_has_a_name_and_plain_text(screen: ChartsScreen) -> None:
    for widget in (screen, screen.stack.view, screen.date_label, *screen.findChildren(QAbstractButton)):
        assert widget.accessibleName()
    for label in screen.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_nothing_heavy_is_imported_for_the_charts() -> None:
    code = (
        "import sys, gui.charts.screen; "
        "print(*sorted({'pandas', 'scipy', 'talib', 'sqlite3', 'sqlite_utils', 'matplotlib'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_the_shell_does_not_import_the_charts_library() -> None:
    code = "import sys, gui.theme, gui.formats, gui.widgets; print('pyqtgraph' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False"]
