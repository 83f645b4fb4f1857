"""The journal that the forms are tested on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.db.exports.handed import Handed, handed_of

if TYPE_CHECKING:
    from tests.db.ledger import Ledger


@pytest.fixture
def handed(full_ledger: Ledger) -> Handed:
    return handed_of(full_ledger)
