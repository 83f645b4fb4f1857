"""Which columns did the user name for files with a header? Kept in the journal under the header's hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.times import iso_utc
from core.parsing.mapping import header_key, mapping_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from core.parsing.mapping import ColumnMapping

_SAVE = """
    INSERT INTO column_mapping (header_hash, header, mapping, saved_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (header_hash) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at
"""


def save_mapping(
    connection: sqlite3.Connection, header: tuple[str, ...], mapping: ColumnMapping, now: datetime
) -> None:
    """Keep a mapping for all files with this header, in the transaction that is open."""
    connection.execute(_SAVE, (header_key(header), ", ".join(header), mapping.as_text(), iso_utc(now)))


def load_mapping(connection: sqlite3.Connection, header: tuple[str, ...]) -> ColumnMapping | None:
    """Return the mapping that is kept for a header, None where there is none."""
    row = connection.execute(
        "SELECT mapping FROM column_mapping WHERE header_hash = ?", (header_key(header),)
    ).fetchone()
    return mapping_of(row[0]) if row else None
