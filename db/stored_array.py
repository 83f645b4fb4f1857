"""How does an array come back from disk at once? As one value of raw little-endian bytes, never as objects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from db.connection import JournalError

if TYPE_CHECKING:
    import sqlite3

    from numpy.typing import NDArray

_DTYPES = frozenset({"<f8", "<i8", "<i4", "|i1", "|u1", "|b1"})
_SAVE = """
    INSERT INTO stored_array (name, version, dtype, shape, data) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE
    SET version = excluded.version, dtype = excluded.dtype, shape = excluded.shape, data = excluded.data
"""
_LOAD = "SELECT version, dtype, shape, data FROM stored_array WHERE name = ?"


@dataclass(frozen=True)
class StoredArray:
    """An array as it was saved (read-only), and the version that says what it was made from."""

    version: str
    values: NDArray[Any]


def save_array(connection: sqlite3.Connection, name: str, version: str, values: NDArray[Any]) -> None:
    """Save an array of numbers under a name, in the transaction that is open."""
    little = values.astype(values.dtype.newbyteorder("<"), order="C", copy=False)
    if little.dtype.str not in _DTYPES:
        raise TypeError(f"arrays of {little.dtype.str} are not stored")
    connection.execute(_SAVE, (name, version, little.dtype.str, json.dumps(little.shape), little.tobytes()))


def load_array(connection: sqlite3.Connection, name: str) -> StoredArray | None:
    """Return the array of a name, None where there is none; raises JournalError where it is damaged."""
    row = connection.execute(_LOAD, (name,)).fetchone()
    if row is None:
        return None
    version, dtype, shape_text, data = row
    shape = tuple(json.loads(shape_text))
    if dtype not in _DTYPES or prod(shape) * np.dtype(dtype).itemsize != len(data):
        raise JournalError(f"the stored array {name!r} is damaged")
    values = np.frombuffer(data, np.dtype(dtype)).reshape(shape)
    return StoredArray(version, values.astype(values.dtype.newbyteorder("="), copy=False))
