"""What would become of every file of a folder? One line each: `python -m tests.files FOLDER`.

Each is planned as `import --dry-run` would, without a trace; where its times of day name no zone New York is said,
and where nothing names a symbol that of its name's last word.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.parsing.fates import Fate
from db.import_plan import ImportPlan, ImportRefusedError, Told, plan_import
from db.scratch import scratch_journal
from tests.core.market.exchange import calendar

if TYPE_CHECKING:
    import sqlite3

ZONE, SYMBOL = "New York", "--symbol"


@dataclass(frozen=True)
class Outcome:
    """What a file would bring: how its rows are counted, or why it is refused."""

    layout: str = ""
    symbols: str = ""
    rows: int = 0
    counts: tuple[int, ...] = (0,) * len(Fate)
    missing_sessions: int = 0
    said: str = ""
    refusal: str = ""

    def text(self) -> str:
        """Return the outcome as the cells of a line."""
        if self.refusal:
            return f"refused: {self.refusal}"
        told = ", ".join(
            f"{count:,} {fate.value.replace('_', ' ')}"
            for fate, count in zip(Fate, self.counts, strict=True)
            if count
        )
        gaps = f", {self.missing_sessions} sessions missing" if self.missing_sessions else ""
        return f"{self.layout} ({self.symbols}): {self.rows:,} rows: {told}{gaps}{self.said}"


def outcomes(folder: Path) -> dict[str, Outcome]:
    """Return what would become of every file below a folder, by its path there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with closing(scratch_journal()) as connection:
        return {path.relative_to(folder).as_posix(): outcome(connection, path) for path in paths}


def outcome(connection: sqlite3.Connection, path: Path) -> Outcome:
    """Return what would become of a file, with the zone or the symbol named where it asks for one."""
    said: list[str] = []
    for told in (Told(), Told(zone=ZONE), Told(symbol=path.stem.split("_")[-1].upper())):
        try:
            return _planned(plan_import(connection, path, told=told, calendar=calendar()), told)
        except ImportRefusedError as error:
            said.append(str(error).removeprefix(f"{path.name}: "))
            if not (("--zone" in said[0] and not told.symbol) or SYMBOL in said[0]):
                break
    return Outcome(refusal=said[0])


def _planned(plan: ImportPlan, told: Told) -> Outcome:
    parsed = plan.parsed
    named = [one.symbol for one in parsed.series]
    named += sorted(set(parsed.chain.roots.tolist())) if parsed.chain is not None else []
    named += sorted({event.kind for event in parsed.events})
    said = (
        f" (with --zone {told.zone!r})" if told.zone else f" (with --symbol {told.symbol})" if told.symbol else ""
    )
    return Outcome(
        parsed.layout,
        f"{named[0]}..{named[-1]}" if len(named) > 2 else " ".join(named),
        parsed.rows,
        tuple(parsed.counts[fate] for fate in Fate),
        len(parsed.missing_sessions),
        said,
        plan.refusal,
    )


def main() -> None:
    """Print the table."""
    for name, found in outcomes(Path(sys.argv[1])).items():
        print(f"{name:52s} {found.text()}")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
