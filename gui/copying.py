"""How do rows go to the clipboard? As a spreadsheet takes them: tabs, a head, and what is simulated says so."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from db.export import SIMULATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def tsv(titles: Sequence[str], rows: Iterable[Sequence[str]], *, is_simulated: bool) -> str:
    """Return rows under their titles, tab-separated; text must be guarded against formulas already."""
    out = io.StringIO()
    # with both signs as the line's end, a text that holds either is quoted
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\r\n")
    marks = [SIMULATED] if is_simulated else []
    writer.writerow([*titles, *(["simulated"] if is_simulated else [])])
    writer.writerows([*row, *marks] for row in rows)
    return out.getvalue()
