"""`condor timeline ID`: how a condor came to be what it is, act after act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.values import integer_of
from cli.workspace import reading, show
from core.journal.timeline import timeline_of
from core.market.times import exchange_time
from db.exports.json_log import log_record
from db.journal_store import load_entries

if TYPE_CHECKING:
    import argparse

    from core.journal.timeline import Moment


def run(args: argparse.Namespace) -> int:
    """Show the timeline of one condor."""
    with reading(args) as workspace:
        moments = timeline_of(load_entries(workspace.connection), integer_of("ID", args.id))
    return show(args, {"timeline": [_record(one) for one in moments]}, "\n".join(map(_text, moments)))


def _record(moment: Moment) -> dict[str, Any]:
    return log_record(moment.row) | {
        "step": moment.step,
        "condors_after": moment.quantity,
        "net_cash_after": f"{moment.net_cash:f}",
        "undone_by": moment.undone_by,
    }


def _text(moment: Moment) -> str:
    row = moment.row
    market = [
        f"SPX {row.spx:,.2f}" if row.spx is not None else "SPX unknown",
        f"VIX {row.vix:.2f}" if row.vix is not None else "VIX unknown",
        f"EDR {row.edr:.3f} %" if row.edr is not None else "EDR unknown",
        f"rung {row.rung}" if row.rung is not None else "rung unknown",
    ]
    undone = f" [undone by entry {moment.undone_by}]" if moment.undone_by else ""
    lines = [
        f"{exchange_time(row.event_time)} New York  {moment.step}{undone}  (entry {row.sequence})",
        f"    {row.what}" if row.what else "",
        f"    {', '.join(market)}; {moment.quantity} condors and {moment.net_cash:,.2f} dollars after it",
        f"    {' '.join(row.note.split())}" if row.note else "",
    ]
    return "\n".join(line for line in lines if line)
