"""Do the sums agree to the cent in every form of the log, in the terminal and on the screen?"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from contextlib import closing
from decimal import Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from core.journal.log_choice import LogChoice
from core.market.snapshot import Ages
from db.connection import connect_reader
from db.exports.blocks import Table, shown
from db.exports.csv_log import exact_of
from db.exports.formats import FILES, SUFFIXES, LogFormat, load_log
from db.exports.report import document
from db.playbooks import load_playbook
from gui import jobs
from gui.log.pane import HedgeLogPane
from gui.theme import load_theme
from resources import check_journal
from tests.cli.shell import Shell, market_files
from tests.flow.real_home import nobodys_home
from tests.gui.market_files import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


Sums = dict[str, tuple[Decimal, Decimal, Decimal]]
"""By condors, layer and together: cash, fees, net."""
BY_HAND: Sums = {
    # 10 x 5.20 x 100, 52; - 4 x 2.15 x 100, 20.8; - 6 x 1.05 x 100 + 6 x 3.35 x 100, 62.4001
    "Condors": (Decimal("5720.00"), Decimal("135.2001"), Decimal("5584.7999")),
    # -4 x 0.60 x 100, 2.60; +4 x 1.07 x 100 - 3 x 0.83 x 100, 4.55
    "Layer 1": (Decimal("-61.00"), Decimal("7.15"), Decimal("-68.15")),
    # futures move the difference: 2 x (13.15 - 12.50) x 1000, 4.5 + 4.5
    "Layer 2": (Decimal("1300.00"), Decimal("9.0"), Decimal("1291.0")),
    "Together": (Decimal("6959.00"), Decimal("151.3501"), Decimal("6807.6499")),
}
ACTS = (
    "condor open --expiry 2018-02-16 --quantity 10 --puts 2600/2625 --calls 2825/2850 --credit 5.20 --fees 52",
    'layer open 1 --condor 1 --leg "+4 VIX 2018-02-14 C 15 @ 0.60" --fees 2.60',
    'layer open 2 --leg "+2 VX 2018-03-21 @ 12.50" --fees 4.5',
    "condor close 1 --debit 2.15 --quantity 4 --fees 20.8",
    (
        "condor roll 1 --debit 1.05 --credit 3.35 --expiry 2018-03-16 --puts 2575/2600 --calls 2850/2875"
        " --fees 62.4001"
    ),
    (
        'layer roll 1 --condor 1 --close "-4 VIX 2018-02-14 C 15 @ 1.07" --leg "+3 VIX 2018-03-21 C 17 @ 0.83"'
        " --fees 4.55"
    ),
    'layer close 2 --leg "-2 VX 2018-03-21 @ 13.15" --fees 4.5',
)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    import shlex

    nobodys_home(tmp_path, monkeypatch)
    shell = Shell(tmp_path / "journal.db")
    shell.done("import", *market_files(tmp_path / "files"))
    for minute, act in enumerate(ACTS):
        shell.done(*shlex.split(act), "--at", f"2018-01-10T10:{minute:02d}")
    shell.done(
        "account", "--equity", "100000", "--cash", "60000", "--notional", "250000", "--at", "2018-01-10T11:00"
    )
    return shell


def test_every_form_adds_up_as_by_hand(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    files = {form: tmp_path / f"log-{form}{SUFFIXES[form]}" for form in FILES}
    for form, path in files.items():
        shell.done("log", "--to", "2018-02-01", "--format", form, "-o", path)
    exact = files[LogFormat.CSV].read_bytes().decode()
    assert exact_of(files[LogFormat.CSV_SHEET].read_bytes().decode()) == exact
    found = {
        "csv": of_csv(exact),
        "json": of_json(files[LogFormat.JSON]),
        "xlsx": of_xlsx(files[LogFormat.XLSX]),
        "html": of_html(files[LogFormat.HTML].read_text("utf-8")),
        "md": of_markdown(files[LogFormat.MARKDOWN].read_text("utf-8")),
        "terminal": of_terminal(shell.done("log", "--to", "2018-02-01").out),
        "screen": of_screen(shell, qtbot),
    }
    for form in (LogFormat.PDF, LogFormat.PDF_FULL):
        found[form] = of_pdf(files[form]) if shutil.which("pdftotext") else of_document(shell, form)
    cents = {name: tuple(map(to_cent, sums)) for name, sums in BY_HAND.items()}
    for form, sums in found.items():
        told = {name: tuple(map(to_cent, sums[name])) for name in sums}
        wanted = {name: cents[name] for name in told}
        assert told == wanted, form
        assert "Together" in told, form
    assert found["csv"] == found["json"] == BY_HAND  # these two hold every decimal that was entered
    assert check_journal.main([str(files[LogFormat.JSON])]) == 0


def to_cent(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def number(text: str) -> Decimal:
    return Decimal(re.sub(r"[^-.0-9]", "", text))


def of_csv(text: str) -> Sums:
    """Add up the exact rows, by what they are of."""
    sums: dict[str, list[Decimal]] = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        for name in ("Together", f"Layer {row['layer']}" if row["layer"] else "Condors") if row["cash"] else ():
            own = sums.setdefault(name, [Decimal(0), Decimal(0)])
            own[0] += Decimal(row["cash"])
            own[1] += Decimal(row["fees"])
    return {name: (cash, fees, cash - fees) for name, (cash, fees) in sums.items()}


def of_json(path: Path) -> Sums:
    totals = json.loads(path.read_text("utf-8"))["totals"]
    return {one["name"]: (Decimal(one["cash"]), Decimal(one["fees"]), Decimal(one["net"])) for one in totals}


def of_xlsx(path: Path) -> Sums:
    book = load_workbook(path)
    rows = list(book["Totals"].iter_rows(min_row=2, values_only=True))
    log = list(book["Log"].iter_rows(values_only=True))
    cash, fees = (next(n for n, title in enumerate(log[0]) if title == head) for head in ("Cash, $", "Fees, $"))
    columns = [
        [Decimal(str(row[column])) for row in log[1:] if row[column] is not None] for column in (cash, fees)
    ]
    sums = {str(row[0]): tuple(Decimal(str(value)) for value in row[2:5]) for row in rows}
    assert sums["Together"][:2] == tuple(
        map(sum, columns)
    )  # the sheet of sums says what the log's column adds up to
    return sums  # type: ignore[return-value]


class _Rows(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


def of_html(text: str) -> Sums:
    return of_cells(_Rows(text).rows)


def of_markdown(text: str) -> Sums:
    return of_cells([[cell.strip("* ") for cell in line.strip("| ").split(" | ")] for line in text.splitlines()])


def of_cells(rows: list[list[str]]) -> Sums:
    """Take the rows of five cells that begin with a name of the table of sums."""
    named = [row for row in rows if len(row) == 5 and row[0] in BY_HAND]
    return {row[0]: (number(row[2]), number(row[3]), number(row[4])) for row in named}


def of_terminal(text: str) -> Sums:
    lines = re.findall(r"^(\w[\w ]*): \d+ entries, cash (\S+), fees (\S+), net (\S+)$", text, re.MULTILINE)
    return {name: (number(cash), number(fees), number(net)) for name, cash, fees, net in lines}


def of_pdf(path: Path) -> Sums:
    command = ["pdftotext", "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    rows = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines()]
    return of_cells(rows)


def of_document(shell: Shell, form: LogFormat) -> Sums:
    """Read what the PDF is painted from, where nothing here can read a PDF (pdftotext of poppler-utils)."""
    rules = (load_playbook(), Ages())
    with closing(connect_reader(shell.journal)) as connection:
        made = document(load_log(connection, "journal.db", LogChoice(), form, rules, NOW))
    tables = [block for block in made.blocks if isinstance(block, Table)]
    kinds = [[head.kind for head in table.heads] for table in tables]
    return of_cells(
        [
            [shown(value, kind) for value, kind in zip(row, table_kinds, strict=True)]
            for table, table_kinds in zip(tables, kinds, strict=True)
            for row in table.rows
        ]
    )


def of_screen(shell: Shell, qtbot: QtBot) -> Sums:
    """Open the journal as the window does, filter its log by each layer, and read what it adds up to."""
    with jobs.open_journal(shell.journal, NOW) as held:
        loaded = jobs.load(held, jobs.Rules(load_playbook(), Ages()), NOW)
    pane = HedgeLogPane(load_theme("dark"))
    qtbot.addWidget(pane)
    pane.show_rows(loaded.log)
    found = {"Together": _read(pane)}
    for layer in (1, 2):
        pane.asked.layer.setCurrentIndex(layer)
        found[f"Layer {layer}"] = _read(pane)
    return found


def _read(pane: HedgeLogPane) -> tuple[Decimal, Decimal, Decimal]:
    match = re.fullmatch(r"cash (\S+)   fees (\S+)   net (\S+)", pane.sums.text())
    assert match is not None
    return number(match[1]), number(match[2]), number(match[3])
