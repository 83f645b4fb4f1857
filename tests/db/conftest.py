"""Which journal do the tests of the disk write to? A real one in a folder of its own."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.journal_store import create_journal
from tests.core.journal.desk import MORNING
from tests.db.ledger import Ledger, fill_with_all_kinds


@pytest.fixture
def journal_path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "journal.db"


@pytest.fixture
def ledger(journal_path: Path) -> Iterator[Ledger]:
    with closing(create_journal(journal_path, MORNING)) as connection:
        yield Ledger(connection)


@pytest.fixture
def full_ledger(ledger: Ledger) -> Ledger:
    fill_with_all_kinds(ledger)
    return ledger
