"""How is something tried against an empty journal without making a file?"""

from __future__ import annotations

import sqlite3

from db.connection import as_database
from db.migrations import migrate


def scratch_journal() -> sqlite3.Connection:
    """Return a connection to an empty journal in memory, gone when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(as_database(connection))
    return connection
