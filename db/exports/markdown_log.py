"""How does a document read in a notebook of plain text? As Markdown in which no note can become markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.exports.blocks import FactList, Picture, Prose, Table, shown
from db.exports.progress import watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.exports.blocks import Block, Document
    from db.exports.progress import Progress

_RISKY = re.compile(r"([\\`*_{}\[\]<>!|~&#])")
_AT_START = re.compile(r"\A(\s*)([-+=:]|\d+(?=[.)]))")
_LINKED = re.compile(r"(?i)\b(https?|ftp|mailto|file|javascript|data):|www\.")


def markdown_of(document: Document, progress: Progress | None = None) -> str:
    """Return the document as Markdown (tables as GitHub reads them); charts are left out."""
    parts = [f"# {plain_text(document.title)}", ""]
    if document.warning:
        parts += [f"**{plain_text(document.warning)}**", ""]
    for block in document.blocks:
        if not isinstance(block, Picture):
            parts += [*_block(block, progress), ""]
    return "\n".join([*parts, "---", "", plain_text(document.foot), ""])


def plain_text(text: str) -> str:
    """Return text on one line that Markdown shows as it is: no emphasis, no HTML, no link made of it."""
    flat = " ".join(text.split())
    escaped = _RISKY.sub(r"\\\1", flat)
    unlinked = _LINKED.sub(lambda found: found[0].replace(":", "\\:").replace("www.", "www\\."), escaped)
    return _AT_START.sub(r"\1\\\2", unlinked)


def _block(block: Block, progress: Progress | None) -> Iterator[str]:
    if block.title:
        yield f"## {plain_text(block.title)}"
        yield ""
    if isinstance(block, FactList):
        yield from (f"- {plain_text(name)}: {plain_text(fact)}" for name, fact in block.facts)
    elif isinstance(block, Prose):
        for text in block.paragraphs:
            yield from (plain_text(text), "")
    elif isinstance(block, Table):
        yield from _table(block, progress)


def _table(table: Table, progress: Progress | None) -> Iterator[str]:
    if not table.rows:
        yield plain_text(table.empty)
        return
    yield _line([plain_text(head.text) for head in table.heads])
    yield _line(["---:" if head.is_number else "---" for head in table.heads])
    first_sum = len(table.rows) - table.sums
    for number, row in enumerate(watched(table.rows, progress)):
        cells = [
            plain_text(shown(value, head.kind)) if not head.is_number else shown(value, head.kind)
            for value, head in zip(row, table.heads, strict=True)
        ]
        yield _line([f"**{cell}**" if cell and number >= first_sum else cell for cell in cells])
    if table.note:
        yield ""
        yield plain_text(table.note)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
