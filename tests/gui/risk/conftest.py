"""Which facts does the screen's page look at? Those of the simulated demo, read from its journal as ever."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.market.snapshot import Ages
from db.connection import connect_reader
from db.demo import make_demo
from db.playbooks import load_playbook
from gui.jobs import OpenJournal, Rules, load

if TYPE_CHECKING:
    from core.state import Facts

NOW = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo_facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Return the demo's facts half an hour after a close."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make_demo(path, NOW, Ages())
    with closing(connect_reader(path)) as connection:
        return load(OpenJournal(path, connection), Rules(load_playbook(), Ages()), NOW).facts
