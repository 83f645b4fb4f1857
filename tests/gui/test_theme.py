from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QIcon, QPalette

from gui.theme import (
    ROLES,
    THEME_NAMES,
    ThemeError,
    apply_theme,
    load_icon,
    load_theme,
    parse_theme,
    with_even_digits,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).parents[2]
ICONS = sorted(path.stem for path in (ROOT / "resources" / "icons").glob("*.svg"))
TEXT_ROLES = ("text", "text_muted", "gain", "loss", "amber", "red", "unknown", "link")
LINE_KINDS = ("series_", "divergence_", "trigger_", "position_", "rung_", "accent", "crosshair")
LINE_ROLES = [r for r in ROLES if r.startswith(LINE_KINDS) and r not in {"trigger_off", "accent_text"}]
PAIRS = (
    ("accent_text", "accent"),
    ("simulated_banner_text", "simulated_banner"),
    ("alert_banner_text", "alert_banner"),
    ("text", "button"),
    ("text", "panel_alternate"),
)
ZONES = ("zone_green", "zone_amber", "zone_red")


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1, sections "relative luminance" and "contrast ratio"."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_contrast_formula_gives_the_published_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the grey that just fails AA


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("ground", ["background", "panel"])
def test_text_reaches_4_5_and_lines_3(name: str, ground: str) -> None:
    theme = load_theme(name)
    below = getattr(theme, ground)
    weak_text = {role: contrast(getattr(theme, role), below) for role in TEXT_ROLES}
    weak_lines = {role: contrast(getattr(theme, role), below) for role in LINE_ROLES}
    assert {role: c for role, c in weak_text.items() if c < 4.5} == {}
    assert {role: c for role, c in weak_lines.items() if c < 3} == {}


@pytest.mark.parametrize("name", THEME_NAMES)
def test_pairs_and_zone_tints_keep_their_contrast(name: str) -> None:
    theme = load_theme(name)
    for front, back in PAIRS:
        assert contrast(getattr(theme, front), getattr(theme, back)) >= 4.5, (front, back)
    for zone in ZONES:
        assert contrast(theme.series_edr, getattr(theme, zone)) >= 3, zone
        assert contrast(theme.rung_line, getattr(theme, zone)) >= 3, zone


def test_no_colour_is_written_in_gui() -> None:
    found = [
        f"{path.name}: {text}"
        for path in (ROOT / "gui").rglob("*.py")
        for text in re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('gain = "', 'gains = "'), "gain, gains"),
        (lambda text: re.sub(r'gain = "#\w+"', 'gain = "green"', text), "gain is 'green'"),
    ],
)
def test_a_broken_theme_is_refused_by_role(change: Callable[[str], str], says: str) -> None:
    text = (ROOT / "resources" / "themes" / "dark.toml").read_text(encoding="utf-8")
    with pytest.raises(ThemeError, match=says):
        parse_theme("dark", change(text))


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(ThemeError, match="dark, light"):
        load_theme("../dark")


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_application_takes_the_palette_on(qapp: QApplication, name: str) -> None:
    theme = load_theme(name)
    apply_theme(qapp, theme)
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window).name() == theme.background
    assert palette.color(QPalette.ColorRole.WindowText).name() == theme.text
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name() == theme.text_disabled
    assert qapp.style().objectName() == "fusion"


def test_digits_are_of_one_width(qapp: QApplication) -> None:
    font = with_even_digits(qapp.font())
    metrics = QFontMetricsF(font)
    assert QFontInfo(font).family()
    assert len({metrics.horizontalAdvance(digit * 8) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_in_the_text_colour_or_its_own(qapp: QApplication, name: str) -> None:
    theme = load_theme("dark")
    icon = load_icon(name, theme)
    image = icon.pixmap(48, 48).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert isinstance(icon, QIcon)
    assert colours, "nothing is drawn"
    if name != "condor-watch":
        assert theme.text in colours


def test_an_icon_without_a_file_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        load_icon("no-such-icon", load_theme("dark"))
