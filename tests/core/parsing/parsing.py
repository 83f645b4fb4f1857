"""How do the tests of layouts parse a text? By the layout's own claim, on the one calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.parsing.asked import Asked
from core.parsing.registry import choose, layout_named, parse, recognise
from core.parsing.zones import zone_named
from tests.core.market.exchange import calendar, utc

if TYPE_CHECKING:
    from core.market.series import Series
    from core.parsing.fates import ParsedFile


def read_text(
    text: str,
    name: str = "x.csv",
    *,
    layout: str = "",
    symbol: str = "",
    zone: str = "",
    day: str = "",
    now: str = "2026-11-20T12:00",
) -> ParsedFile:
    """Return what a text holds; raises ParseRefusedError."""
    found = layout_named(layout) if layout else choose(recognise(text, name), text, name, symbol)
    where = zone_named(zone) if zone else None
    when = date.fromisoformat(day) if day else None
    return parse(text, found, Asked(calendar(), symbol, name, where, when, utc(now)))


def closes(series: Series) -> dict[str, float]:
    """Return the closes of a series by time."""
    return dict(zip(series.times.astype(str).tolist(), series.columns["close"].tolist(), strict=True))


def told(parsed: ParsedFile) -> list[tuple[int, str, str]]:
    """Return line, fate and reason of every row that was not simply taken, and of every note."""
    return [(fate.line, fate.fate.value, fate.reason) for fate in parsed.fates]
