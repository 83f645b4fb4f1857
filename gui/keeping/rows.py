"""Which texts do the lists of acts, steps and backups show?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.times import exchange_time

if TYPE_CHECKING:
    from core.journal.history import Act
    from core.journal.log import LogRow
    from core.journal.timeline import Moment
    from db.backup import Backup

HISTORY = ("Entry", "Entered (New York)", "Act", "What", "Stands", "Note")
TIMELINE = (
    "Entry",
    "Happened (New York)",
    "Step",
    "Condors after",
    "Net cash after $",
    "SPX",
    "VIX",
    "EDR %",
    "Rung",
    "Reason or note",
    "What",
)
BACKUPS = ("Made (New York)", "Entries", "Schema", "File")


def history_row(act: Act) -> tuple[str, ...]:
    """Return one act of the history."""
    stands = "yes" if act.undone_by is None else f"no, undone by entry {act.undone_by}"
    row = act.row
    words = row.kind.replace("_", " ")
    return str(row.sequence), exchange_time(row.time), words, row.what, stands, _one_line(row)


def timeline_row(moment: Moment) -> tuple[str, ...]:
    """Return one step of a condor's timeline; unknown is said, never zero."""
    row = moment.row
    undone = "" if moment.undone_by is None else f" (undone by entry {moment.undone_by})"
    return (
        str(row.sequence),
        exchange_time(row.event_time),
        moment.step + undone,
        str(moment.quantity),
        f"{moment.net_cash:,.2f}",
        *(
            _known(value, form)
            for value, form in ((row.spx, ",.2f"), (row.vix, ".2f"), (row.edr, ".3f"), (row.rung, "d"))
        ),
        _one_line(row),
        row.what,
    )


def backup_row(backup: Backup) -> tuple[str, ...]:
    """Return one backup."""
    return exchange_time(backup.made_at), str(backup.seq), str(backup.version), str(backup.path)


def _known(value: float | None, form: str) -> str:
    return "unknown" if value is None else format(value, form)


def _one_line(row: LogRow) -> str:
    return " ".join(row.note.split())
