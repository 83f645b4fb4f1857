"""Is the page one file without anything from elsewhere, and does it say what the log says?"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from core.journal.log_choice import log_choice
from db.exports.blocks import Document, Head, Prose, Table
from db.exports.formats import LogFormat
from db.exports.html_log import html_of
from tests.db.exports.handed import NOTE

if TYPE_CHECKING:
    from tests.db.exports.handed import Handed

PAGE = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "h2",
    "p",
    "div",
    "small",
    "dl",
    "dt",
    "dd",
    "footer",
}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
CHART = {"svg", "rect", "line", "text", "polyline", "circle"}
TAGS = PAGE | TABLE | CHART
LOADING = frozenset({"src", "href", "action", "data", "srcset", "poster", "background", "xlink:href"})


class Page(HTMLParser):
    """What a page is made of: its tags, the attributes that load, what handles events, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loading: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.loading += [name for name, _ in attrs if name in LOADING or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_only_tags_of_ours_are_in_it_and_nothing_is_loaded(handed: Handed) -> None:
    text = handed.text(LogFormat.HTML)
    page = Page(text)
    assert page.tags <= TAGS
    assert page.loading == []
    assert "default-src &#x27;none&#x27;" in text
    assert "url(" not in text
    assert "@import" not in text


def test_a_note_is_there_as_it_was_written(handed: Handed) -> None:
    assert NOTE in Page(handed.text(LogFormat.HTML)).texts


def test_it_has_every_part_of_a_report(handed: Handed) -> None:
    said = "\n".join(Page(handed.text(LogFormat.HTML)).texts)
    receipt = handed.log(LogFormat.CSV).receipt
    for part in ("Ledger of the hedge", "Against the budgets", "How the break-evens moved", "Entries", "Rules:"):
        assert part in said
    for part in ("Sources of data", "Parameters", "tamper-evident", receipt.hash, "of condor 1, open"):
        assert part in said
    assert "tamper-proof" not in said
    assert "SIMULATED" not in said


def test_the_same_log_is_the_same_page(handed: Handed) -> None:
    assert handed.text(LogFormat.HTML) == handed.text(LogFormat.HTML)


def test_the_columns_chosen_are_the_columns_shown(handed: Handed) -> None:
    text = handed.text(LogFormat.HTML, log_choice(columns=["sequence", "entry_hash"]))
    entries = text[text.index("<h2>Entries</h2>") :]
    assert entries[: entries.index("</thead>")].count("<th ") == 2


def test_a_warning_stands_above_everything() -> None:
    page = html_of(Document("T", "SIMULATED <b>", "foot", [Prose("", ["x"]), Table("E", [Head("A", "text")], [])]))  # type: ignore[arg-type]
    assert page.index("SIMULATED &lt;b&gt;") < page.index("<h1>")
    assert "<p>none</p>" in page
