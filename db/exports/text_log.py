"""How does the log read in a terminal? A line an entry, the sums below."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.market.times import exchange_time
from db.export import SIMULATED
from db.exports.csv_log import plain
from db.exports.guard import guarded

if TYPE_CHECKING:
    from core.journal.log import Total
    from core.monitor.hedge_log import HedgeLog

SHOWN_DECIMALS = 3
_TABLE = ("sequence", "event_time", "kind", "layer", "condor", "what", "cash", "fees", "spx", "vix", "edr", "rung")


def log_text(log: HedgeLog) -> str:
    """Return the log as a table for a terminal, and what its entries add up to."""
    names = log.choice.columns or _TABLE
    lines = [SIMULATED] if log.is_simulated else []
    lines += ["  ".join(names)] if log.rows else ["the log is empty" if not log.entries else "no entry is meant"]
    lines += ["  ".join(_cell(getattr(row, name)) for name in names) for row in log.rows]
    lines += map(_sum, log.totals if log.rows else ())
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return exchange_time(value)
    if isinstance(value, str):
        return " ".join(guarded(value).split()) or "-"
    rounded = round(value, SHOWN_DECIMALS) if isinstance(value, float) else value
    return str(plain(rounded)) or "-"


def _sum(total: Total) -> str:
    said = f"{total.name}: {total.rows:,} entries, cash {total.cash:,.2f}, fees {total.fees:,.2f}"
    return f"{said}, net {total.net:,.2f}"
