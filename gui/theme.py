"""Which colour plays which role, and how does the window take it on? No other file of `gui` holds a colour."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QToolTip

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer
    from PySide6.QtWidgets import QApplication

THEME_NAMES = ("dark", "light")
ICON_SIZES_PX = (16, 24, 32, 48, 64, 128)
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class ThemeError(ValueError):
    """A theme file that cannot be used; the message names the theme and the role."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One colour for each role, written "#rrggbb". `name` is the theme file's; `is_dark` what Qt is told."""

    name: str
    is_dark: bool
    background: str
    panel: str
    panel_alternate: str
    button: str
    border: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_text: str
    link: str
    grid_line: str
    crosshair: str
    gain: str
    loss: str
    amber: str
    red: str
    unknown: str
    series_spx: str
    series_vix: str
    series_vix_mean: str
    series_edr: str
    series_ad: str
    rung_line: str
    zone_green: str
    zone_amber: str
    zone_red: str
    trigger_off: str
    trigger_armed: str
    trigger_confirmed: str
    trigger_blocked: str
    trigger_unknown: str
    position_live: str
    divergence_bearish: str
    divergence_bullish: str
    divergence_slope: str
    simulated_banner: str
    simulated_banner_text: str
    alert_banner: str
    alert_banner_text: str


ROLES = tuple(field.name for field in fields(Theme) if field.name not in {"name", "is_dark"})


def load_theme(name: str) -> Theme:
    """Return the theme of a name in THEME_NAMES.

    Raises ThemeError for another name, a role that is missing or not known, and a colour that is none.
    """
    if name not in THEME_NAMES:
        raise ThemeError(f"theme {name!r}: there are {', '.join(THEME_NAMES)}")
    return parse_theme(name, (files("resources") / "themes" / f"{name}.toml").read_text(encoding="utf-8"))


def parse_theme(name: str, text: str) -> Theme:
    """Return the theme written in TOML: `is_dark`, and a table `colours` with one "#rrggbb" for each role."""
    table = tomllib.loads(text)
    colours = table["colours"]
    if odd := set(ROLES) ^ set(colours):
        raise ThemeError(f"theme {name}: roles missing or not known: {', '.join(sorted(odd))}")
    for role, colour in colours.items():
        if not _COLOUR.fullmatch(colour):
            raise ThemeError(f"theme {name}: {role} is {colour!r}, not # and six hex digits")
    return Theme(name=name, is_dark=bool(table["is_dark"]), **colours)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the application: colour scheme, Fusion, an explicit palette, digits of equal width.

    Where the platform ignores `setColorScheme` (offscreen, plain X11) the palette alone makes the look.
    """
    scheme = Qt.ColorScheme.Dark if theme.is_dark else Qt.ColorScheme.Light
    app.styleHints().setColorScheme(scheme)
    app.setStyle("Fusion")
    palette = palette_of(theme)
    app.setPalette(palette)
    QToolTip.setPalette(palette)
    app.setFont(with_even_digits(app.font()))


def palette_of(theme: Theme) -> QPalette:
    """Return the theme as Qt's palette."""
    palette = QPalette()
    for role, colour in _palette_roles(theme).items():
        palette.setColor(role, QColor(colour))
    names = QPalette.ColorRole
    for greyed in (names.WindowText, names.Text, names.ButtonText, names.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, greyed, QColor(theme.text_disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, names.Highlight, QColor(theme.border))
    return palette


def _palette_roles(theme: Theme) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: theme.background,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.panel_alternate,
        role.Text: theme.text,
        role.PlaceholderText: theme.text_muted,
        role.Button: theme.button,
        role.ButtonText: theme.text,
        role.BrightText: theme.red,
        role.ToolTipBase: theme.panel_alternate,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.link,
        role.LinkVisited: theme.link,
        role.Light: theme.border,
        role.Midlight: theme.button,
        role.Mid: theme.border,
        role.Dark: theme.border,
        role.Shadow: theme.background,
    }


def with_even_digits(font: QFont) -> QFont:
    """Return the font with tabular figures, so that columns of numbers stand still when digits change."""
    even = QFont(font)
    even.setFeature(QFont.Tag("tnum"), 1)
    return even


def load_icon(name: str, theme: Theme, colour: str = "") -> QIcon:
    """Return the icon of resources/icons/NAME.svg, its `currentColor` drawn in `colour`, else the text's.

    Raises FileNotFoundError for a name without a file.
    """
    from PySide6.QtSvg import QSvgRenderer

    text = (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", colour or theme.text).encode()))
    icon = QIcon()
    for size in ICON_SIZES_PX:
        icon.addPixmap(_drawn(renderer, size))
    return icon


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
