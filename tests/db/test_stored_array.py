"""Does an array come back as it was saved, to the last bit?"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from db.connection import JournalError, write
from db.stored_array import load_array, save_array
from tests.db.market_journal import market_journal


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


@pytest.mark.parametrize(
    "values",
    [
        np.array([[1.5, np.nan, -0.0], [np.inf, 5e-324, 1e308]]),
        np.arange(5, dtype=np.int64) - 2,
        np.array([], np.float64),
        np.array([1, -1], np.int8),
        np.array([True, False]),
        np.array([1.5, 2.5], ">f8"),
        np.arange(6.0).reshape(2, 3).T,
    ],
    ids=str,
)
def test_values_shape_and_version_come_back(connection: sqlite3.Connection, values: np.ndarray) -> None:
    with write(connection):
        save_array(connection, "x", "v1", values)
    stored = load_array(connection, "x")
    assert stored.version == "v1"
    np.testing.assert_array_equal(stored.values, values)
    assert stored.values.shape == values.shape
    assert np.signbit(stored.values).tolist() == np.signbit(values).tolist() if values.dtype.kind == "f" else True


def test_the_bytes_are_little_endian(connection: sqlite3.Connection) -> None:
    with write(connection):
        save_array(connection, "x", "", np.array([1], ">i8"))
    assert connection.execute("SELECT dtype, data FROM stored_array WHERE name = 'x'").fetchone() == (
        "<i8",
        b"\x01" + bytes(7),
    )


def test_the_later_array_of_a_name_counts(connection: sqlite3.Connection) -> None:
    with write(connection):
        save_array(connection, "x", "v1", np.array([1.0]))
        save_array(connection, "x", "v2", np.array([2.0, 3.0]))
    assert load_array(connection, "x").version == "v2"
    assert load_array(connection, "x").values.tolist() == [2.0, 3.0]
    assert load_array(connection, "y") is None


def test_objects_are_never_stored(connection: sqlite3.Connection) -> None:
    with pytest.raises(TypeError), write(connection):
        save_array(connection, "x", "", np.array([object()]))


@pytest.mark.parametrize("damage", ["data = x'00'", "dtype = '|O'", "shape = '[3]'"])
def test_a_damaged_array_is_said_to_be_so(connection: sqlite3.Connection, damage: str) -> None:
    with write(connection):
        save_array(connection, "x", "", np.array([1.0, 2.0]))
    connection.execute(f"UPDATE stored_array SET {damage} WHERE name = 'x'")  # noqa: S608
    with pytest.raises(JournalError, match="'x' is damaged"):
        load_array(connection, "x")
