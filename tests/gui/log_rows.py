"""Which log do the tests of the hedge log show? Rows as the journal makes them, by real acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.journal.log import LogRow

BEGUN = datetime(2018, 1, 12, 15, 30, tzinfo=UTC)


def log_row(sequence: int, **more: object) -> LogRow:
    """Return a row of condor 1's opening, or one that differs as told."""
    row = LogRow(
        sequence=sequence,
        time=BEGUN + timedelta(minutes=sequence),
        event_time=BEGUN,
        kind="condor_opened",
        layer=None,
        condor=1,
        what="open +2 SPX 2018-03-16 P 2550; open -2 SPX 2018-03-16 P 2600 for a credit of 13.42",
        quantity=2,
        price=Decimal("13.42"),
        cash=Decimal(2684),
        fees=Decimal("10.40"),
        spx=2786.24,
        vix=10.16,
        edr=0.4213,
        rung=0,
        playbook_hash="ab" * 32,
        note="",
        entry_hash=f"{sequence:02d}" * 32,
    )
    return replace(row, **more)  # type: ignore[arg-type]


NOTE = log_row(
    3, kind="note_written", what="note", quantity=None, price=None, cash=None, fees=None,
    note="=HYPERLINK(1)\n<b>x</b>", spx=None, vix=None, edr=None, rung=None,
)  # fmt: skip
LAYER = log_row(
    2, kind="layer_opened", layer=1, what="open +4 VIX 2018-03-21 C 19 @ 1.9", quantity=4, price=Decimal("1.9"),
    cash=Decimal(-760), note="as the rule asks",
)  # fmt: skip
ROWS = [log_row(1), LAYER, NOTE]
