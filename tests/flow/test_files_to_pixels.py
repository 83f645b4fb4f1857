"""From files to pixels: what a trader does on the first day, through the real window and the real disk."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from gui.entry.condor import CondorDialog
from gui.entry.layer import LayerDialog
from gui.holding import HoldingKey
from tests.gui.market_files import closes, days, empty_journal, vix_expiry, write_files
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QRectF
    from pytestqt.qtbot import QtBot

    from gui.app import Application
    from gui.charts.pane import Pane
    from gui.entry.dialog import EntryDialog

PUTS, CALLS, CREDIT = ("2550", "2600"), ("2875", "2925"), "13.42"


def test_files_become_charts_condor_and_layers_become_figures(qtbot: QtBot, tmp_path: Path) -> None:
    journal = empty_journal(tmp_path / "journal.db")
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        application.window.resize(1600, 900)
        before = _charts(application)
        _import(qtbot, application, write_files(tmp_path / "files"))
        _enter_condor(qtbot, application)
        for number, leg in ((1, f"+4 VIX {vix_expiry(2)} C 20 @ 1.20"), (2, f"+1 VX {vix_expiry(2)} @ 15.10")):
            _enter_layer(qtbot, application, number, leg)
        _check_figures(application)
        _check_lines(application)
        _check_held_days(application)
        assert _charts(application) != before


def _import(qtbot: QtBot, application: Application, files: list[Path]) -> None:
    application.window.files_dropped.emit(files)
    round_ = application.context.menus.importing.round
    assert round_ is not None
    qtbot.waitUntil(round_.dialog.import_.isEnabled, timeout=WAIT_MS)
    round_.dialog.import_.click()
    panes = application.context.panes
    assert panes is not None
    qtbot.waitUntil(lambda: panes.charts.stack.length == len(days()), timeout=WAIT_MS)
    round_.dialog.reject()


def _enter_condor(qtbot: QtBot, application: Application) -> None:
    application.window.actions_.by_key["condor"].trigger()
    dialog = application.window.findChild(CondorDialog)
    assert dialog is not None
    dialog.expiry.line.setText("2018-03-16")
    dialog.quantity.setText("2")
    for fields, texts in ((dialog.puts, PUTS), (dialog.calls, CALLS)):
        for field, text in zip(fields, texts, strict=True):
            field.setText(text)
    dialog.credit.setText(CREDIT)
    _accept(qtbot, application, dialog)


def _enter_layer(qtbot: QtBot, application: Application, number: int, leg: str) -> None:
    panes = application.context.panes
    assert panes is not None
    panes.book.open_layer_requested.emit(HoldingKey(1, number))
    dialog = application.window.findChild(LayerDialog)
    assert dialog is not None
    dialog.legs.line.setText(leg)
    dialog.legs.add_line()
    _accept(qtbot, application, dialog)


def _accept(qtbot: QtBot, application: Application, dialog: EntryDialog) -> None:
    assert dialog.draft is not None, dialog.state_label.text()
    count, kind = len(application.context.the_store.log), type(dialog)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: len(application.context.the_store.log) == count + 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: application.window.findChild(kind) is None, timeout=WAIT_MS)


def _check_figures(application: Application) -> None:
    """Compare the tiles and the state with numbers worked out here."""
    panes = application.context.panes
    state = application.context.the_store.state
    assert panes is not None
    assert state is not None
    vix9d, spx = closes()["VIX9D"][-1], closes()["SPX"]
    hv20 = 100 * np.std(np.diff(np.log(spx[-21:])), ddof=1) * math.sqrt(252)
    assert state.edr.value == pytest.approx((0.6 * vix9d + 0.4 * hv20) / math.sqrt(252))
    assert panes.strip.cell("edr").face.value == f"{state.edr.value:.3f}"
    assert state.condors[0].bare.points == pytest.approx((2600 - 13.42, 2875 + 13.42))
    assert [layer.position.value for layer in state.layers] == ["live", "live", "none", "none"]
    assert state.layers[0].legs[0].break_even.vix.value == pytest.approx(21.2)
    assert state.layers[1].legs[0].break_even.vix.value == pytest.approx(15.1)
    assert len(state.condors[0].hedged.points) >= 2
    assert state.condors[0].hedged.points != state.condors[0].bare.points
    assert [row.key for row in panes.book.model_.rows[:3]] == [HoldingKey(1), HoldingKey(1, 1), HoldingKey(1, 2)]


def _check_lines(application: Application) -> None:
    """Look for each line's own colour in its own chart, in most of its columns."""
    panes = application.context.panes
    assert panes is not None
    stack, theme = panes.charts.stack, application.context.theme
    stack.show_last(0)
    expected = (
        (stack.edr, theme.series_edr),
        (stack.vix, theme.series_vix),
        (stack.breadth, theme.series_spx),
        (stack.breadth, theme.series_ad),
    )
    for pane, colour in expected:
        columns = (_distance_to(_picture(application, pane), colour) < 90).any(axis=0)
        assert columns.mean() > 0.5, (type(pane).__name__, colour)


def _check_held_days(application: Application) -> None:
    """Look for the bars of the two layers that are held, and for none below the other two."""
    panes = application.context.panes
    assert panes is not None
    stack = panes.charts.stack
    stack.show_last(63)
    picture = _picture(application, stack.layers)
    rows = (_distance_to(picture, application.context.theme.position_live) < 30).any(axis=1)
    quarter = picture.height() / 4
    found = {int(row // quarter) for row in np.flatnonzero(rows)}
    assert found == {0, 1}


def _charts(application: Application) -> QImage:
    panes = application.context.panes
    assert panes is not None
    return panes.charts.stack.view.grab().toImage()


def _picture(application: Application, pane: Pane) -> QImage:
    """Return what is inside a chart's axes."""
    image = _charts(application)
    box: QRectF = pane.rectangle()
    return image.copy(box.toRect().adjusted(2, 2, -2, -2))


def _distance_to(image: QImage, colour: str) -> np.ndarray:
    """Return how far each pixel is from a colour, red, green and blue added up; shape (height, width)."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    pixels = rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).astype(int)
    wanted = QColor(colour)
    return np.abs(pixels - (wanted.red(), wanted.green(), wanted.blue())).sum(axis=2)
