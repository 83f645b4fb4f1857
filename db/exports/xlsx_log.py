"""How is the log written as a workbook? Typed cells, a fixed head, filters, and no formula anywhere."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.journal.log import COLUMNS
from core.journal.log_columns import ColumnKind
from core.market.figure import Figure
from core.market.times import iso_utc
from db.export import SIMULATED
from db.exports.blocks import UNKNOWN, Head, Table
from db.exports.ledger_tables import budget_table, chain_tables, ledger_table, totals_table
from db.exports.progress import watched
from db.exports.report import heads_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.monitor.hedge_log import HedgeLog
    from db.exports.blocks import Native
    from db.exports.progress import Progress

MOST_TEXT = 32_767
"""As many characters as one cell of a workbook holds; a note has 20,000 at most, other texts far fewer."""
_NUMBERS = {
    ColumnKind.WHOLE: "0",
    ColumnKind.POINTS: "#,##0.00##",
    ColumnKind.DOLLARS: "#,##0.00",
    ColumnKind.PERCENT: "0.00##",
}
_MOMENT = "yyyy-mm-dd hh:mm:ss"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": _MOMENT,
}
_WIDEST = {"what": 48, "note": 40, "playbook_hash": 18, "entry_hash": 18, "kind": 20, "time": 19, "event_time": 19}


def log_xlsx(log: HedgeLog, progress: Progress | None = None) -> bytes:
    """Return the log as a workbook: the rows, what they add up to, the ledger, and where it all comes from.

    Times are UTC: a workbook knows no zones. Money is a number with the cents that were entered.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    made = log.receipt.recorded_at or datetime(2000, 1, 1, tzinfo=UTC)
    book.set_properties({"title": "Hedge log", "comments": SIMULATED if log.is_simulated else "", "created": made})
    names = log.choice.columns or COLUMNS
    heads = [_in_utc(head) for head in heads_of(names)]
    rows = [tuple(getattr(row, name) for name in names) for row in log.rows]
    sheets = _Sheets(book, is_simulated=log.is_simulated)
    sheets.add("Log", Table("", heads, rows), [_WIDEST.get(name, 11) for name in names], progress)
    sheets.add("Totals", totals_table(log.totals))
    if log.ledger is not None:
        sheets.add("Ledger", ledger_table(log.ledger))
        sheets.add("Budgets", budget_table(log.ledger))
        sheets.add("Chains", _chains(log))
    sheets.add("About", _about(log), [24, 80])
    book.close()
    return out.getvalue()


class _Sheets:
    """The sheets of one workbook, all in the same dress."""

    def __init__(self, book: Any, *, is_simulated: bool) -> None:
        self._book, self._is_simulated = book, is_simulated
        self._bold = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "quote_prefix": True}
        self._formats: dict[tuple[str, bool], Any] = {}

    def add(self, name: str, table: Table, widths: Sequence[int] = (), progress: Progress | None = None) -> None:
        """Add a sheet with a table: its head stays in sight and filters; sums are bold."""
        sheet = self._book.add_worksheet(name)
        simulated = [Head("simulated", ColumnKind.TEXT)] if self._is_simulated else []
        heads = [*table.heads, *simulated]
        for column, head in enumerate(heads):
            align = {"align": "right"} if head.is_number else {}
            sheet.write_string(0, column, head.text, self._book.add_format(self._bold | align))
            sheet.set_column(column, column, widths[column] if column < len(widths) else max(head.share, 12))
        first_sum = len(table.rows) - table.sums
        for number, row in enumerate(watched(table.rows, progress), start=1):
            cells = [*row, *([SIMULATED] if simulated else [])]
            self._write(sheet, number, cells, heads, is_sum=number > first_sum)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.rows) - table.sums, 1), len(heads) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&RPage &P of &N")

    def _write(
        self, sheet: Any, number: int, cells: Sequence[Native], heads: Sequence[Head], *, is_sum: bool
    ) -> None:
        for column, (value, head) in enumerate(zip(cells, heads, strict=True)):
            native = value.value if isinstance(value, Figure) else value
            if native is None:
                if isinstance(value, Figure):
                    sheet.write_string(number, column, UNKNOWN, self._format("text", is_sum=is_sum))
            elif isinstance(native, datetime):
                moment = native.astimezone(UTC).replace(tzinfo=None)
                sheet.write_datetime(number, column, moment, self._format(_MOMENT, is_sum=is_sum))
            elif isinstance(native, int | float | Decimal):
                dress = self._format(_NUMBERS.get(head.kind, "General"), is_sum=is_sum)
                sheet.write_number(number, column, float(native), dress)
            else:
                sheet.write_string(number, column, native[:MOST_TEXT], self._format("text", is_sum=is_sum))

    def _format(self, form: str, *, is_sum: bool) -> Any:
        key = (form, is_sum)
        if key not in self._formats:
            dress: dict[str, Any] = {"valign": "top", "bold": is_sum}
            text = {"quote_prefix": True, "num_format": "@"}
            self._formats[key] = self._book.add_format(dress | (text if form == "text" else {"num_format": form}))
        return self._formats[key]


def _in_utc(head: Head) -> Head:
    return Head(head.title, head.kind, "UTC", head.share) if head.kind is ColumnKind.MOMENT else head


def _chains(log: HedgeLog) -> Table:
    """Return every chain in one table, each row with what it is a chain of."""
    tables = chain_tables(log.ledger) if log.ledger is not None else []
    heads = [Head("Chain", ColumnKind.TEXT, "", 30), *(map(_in_utc, tables[0].heads) if tables else ())]
    return Table("", heads, [(table.title, *row) for table in tables for row in table.rows])


def _about(log: HedgeLog) -> Table:
    """Return what the other sheets are made of, and the receipt."""
    receipt = log.receipt
    facts = (
        ("Journal", log.journal),
        ("Simulated", SIMULATED if log.is_simulated else "no"),
        ("Entries", f"{log.choice.words}: {len(log.rows)} of {log.entries}"),
        ("Valued at", iso_utc(log.valued_at)),
        ("Times", "UTC"),
        ("Cash", "dollars before fees, positive received"),
        ("Receipt: entry", str(receipt.sequence)),
        ("Receipt: hash", receipt.hash),
        ("Receipt: recorded", iso_utc(receipt.recorded_at) if receipt.recorded_at else ""),
        ("Notes", ledger_table(log.ledger).note if log.ledger is not None else ""),
    )
    return Table("", (Head("What", ColumnKind.TEXT), Head("Is", ColumnKind.TEXT)), facts)
