"""Which lines do the three tables have? What is stored, what is odd about it, and what was imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.market.times import exchange_time, parse_moment
from gui.formats import UNKNOWN_TEXT, number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.market.quality import QualityFinding
    from db.stored_data import StoredData
    from db.undo_import import ImportRecord

STORED_TITLES = ("Symbol", "Kind", "Rows", "First", "Last", "Missing", "Source")
FINDING_TITLES = ("Symbol", "Day", "Finding", "What is odd", "What was done", "Source")
IMPORT_TITLES = ("Import", "When (New York)", "File", "Layout", "Rows", "Symbols")
KINDS = {"1d": "daily", "1mo": "monthly", "chain": "option chain"}
MOST_SYMBOLS = 4


@dataclass(frozen=True)
class TextRow:
    """One line: the texts of its cells, what they are sorted by, which are numbers, and the record behind it."""

    texts: tuple[str, ...]
    keys: tuple[Any, ...]
    numbers: frozenset[int]
    record: object


def stored_row(one: StoredData) -> TextRow:
    """Return the line of what is stored of a symbol from a source."""
    gaps = UNKNOWN_TEXT if one.gaps is None else number_text(one.gaps, 0)
    kind = KINDS.get(one.interval, one.interval)
    texts = (one.symbol, kind, number_text(one.rows, 0), _moment(one.first), _moment(one.last), gaps, one.source)
    keys = (one.symbol, kind, one.rows, one.first, one.last, -1 if one.gaps is None else one.gaps, one.source)
    return TextRow(texts, keys, frozenset({2, 5}), one)


def finding_row(one: QualityFinding) -> TextRow:
    """Return the line of a finding, with what was done."""
    kind = one.kind.value.replace("_", " ")
    texts = (one.symbol, str(one.day or UNKNOWN_TEXT), kind, one.words, one.done, one.source)
    return TextRow(texts, texts, frozenset(), one)


def import_row(one: ImportRecord) -> TextRow:
    """Return the line of an import."""
    more = f" and {len(one.symbols) - MOST_SYMBOLS} more" if len(one.symbols) > MOST_SYMBOLS else ""
    symbols = ", ".join(one.symbols[:MOST_SYMBOLS]) + more
    texts = (str(one.batch), _moment(one.imported_at), one.file, one.layout, number_text(one.rows, 0), symbols)
    keys = (one.batch, one.imported_at, one.file, one.layout, one.rows, symbols)
    return TextRow(texts, keys, frozenset({0, 4}), one)


def summary_of(findings: Sequence[QualityFinding]) -> str:
    """Return how many findings of each kind there are, in words."""
    kinds = [one.kind.value.replace("_", " ") for one in findings]
    counted = {kind: kinds.count(kind) for kind in dict.fromkeys(sorted(kinds))}
    told = ", ".join(f"{number_text(count, 0)} {kind}" for kind, count in counted.items())
    return f"{number_text(len(findings), 0)} findings: {told}" if findings else "Nothing odd was found."


def _moment(text: str) -> str:
    return exchange_time(parse_moment(text)) if "T" in text else text
