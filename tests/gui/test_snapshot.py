from __future__ import annotations

import stat
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from core.market.snapshot import Ages
from core.market.times import end_of_day
from db.connection import connect_reader
from db.playbooks import load_playbook
from gui.jobs import Loaded, OpenJournal, Rules, load
from gui.snapshot import Look, picture_of, picture_of_start
from gui.theme import load_theme
from tests.gui.market_files import NOW, closes, days, filled_journal

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return filled_journal(tmp_path / "journal.db")


def loaded_at(journal: Path, moment: datetime) -> Loaded:
    with closing(connect_reader(journal)) as connection:
        return load(OpenJournal(journal, connection), Rules(load_playbook(), Ages()), moment)


def distance_to(image: QImage, colour: str) -> NDArray[np.int_]:
    """Return how far each pixel is from a colour, red, green and blue added up; shape (height, width)."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    pixels = rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).astype(int)
    wanted = QColor(colour)
    return np.abs(pixels - (wanted.red(), wanted.green(), wanted.blue())).sum(axis=2)


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_picture_has_the_size_the_theme_and_the_lines_of_every_chart(
    qapp: object, tmp_path: Path, journal: Path, name: str
) -> None:
    picture, theme = tmp_path / "window.png", load_theme(name)
    picture_of(picture, loaded_at(journal, NOW), Look(1700, 950, name))
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1700, 950)
    assert (distance_to(image, theme.background) == 0).mean() > 0.1
    for line in (theme.series_edr, theme.series_vix, theme.series_spx, theme.series_ad):
        columns = (distance_to(image, line) < 60).any(axis=0)
        assert columns.sum() > 500, line


def test_the_tabs_of_the_screens_stand_at_the_right_and_no_menu_is_covered(
    qapp: object, tmp_path: Path, journal: Path
) -> None:
    picture, background = tmp_path / "window.png", load_theme("dark").background
    picture_of(picture, loaded_at(journal, NOW), Look(1280, 800))
    bar = distance_to(QImage(str(picture)), background)[2:20]
    drawn = (bar > 60).any(axis=0)
    assert drawn[:250].any()  # File to Help
    assert not drawn[300:900].any()
    assert drawn[-260:].any()  # Monitor to Risk


def test_the_picture_is_its_owners_alone_and_replaces_an_old_one_whole(
    qapp: object, tmp_path: Path, journal: Path
) -> None:
    picture = tmp_path / "window.png"
    picture.write_bytes(b"old")
    picture_of(picture, loaded_at(journal, NOW), Look())
    assert stat.S_IMODE(picture.stat().st_mode) == 0o600
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert sorted(path.name for path in tmp_path.iterdir() if "journal" not in path.name) == ["window.png"]


def test_the_state_is_that_of_the_moment_and_nothing_later_is_in_it(
    qapp: object, tmp_path: Path, journal: Path
) -> None:
    day = days()[200]
    state = picture_of(tmp_path / "then.png", loaded_at(journal, end_of_day(day.item())), Look())
    assert state.spx.value == closes()["SPX"][200]
    assert state.vix.value == closes()["VIX"][200]
    assert state.past.history.length == 201
    assert state.as_of == end_of_day(day.item())


def test_a_folder_that_cannot_be_written_is_an_error_of_the_world(
    qapp: object, tmp_path: Path, journal: Path
) -> None:
    with pytest.raises(OSError, match="nowhere"):
        picture_of(tmp_path / "nowhere" / "window.png", loaded_at(journal, NOW), Look())


def test_without_a_journal_the_start_page_is_drawn(qapp: object, tmp_path: Path) -> None:
    picture = tmp_path / "start.png"
    picture_of_start(picture, tmp_path / "none.db", Look(1600, 900, "light"))
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1600, 900)
    assert (distance_to(image, load_theme("light").background) == 0).mean() > 0.5
    assert not (tmp_path / "none.db").exists()
