"""How does a document read in a browser? As one HTML file without scripts, links or anything from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from db.exports.blocks import FactList, Picture, Prose, Table, shown
from db.exports.progress import watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.exports.blocks import Block, Document, Head, Native
    from db.exports.progress import Progress

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
:root { color-scheme: light; }
body { font: 14px/1.45 "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1b1b1b; background: #ffffff;
  max-width: 1180px; margin: 28px auto; padding: 0 20px; }
h1 { font-size: 26px; margin: 0 0 12px; }
h2 { font-size: 17px; margin: 30px 0 8px; }
p { margin: 6px 0; max-width: 900px; }
.warning { background: #8a1c00; color: #ffffff; font-weight: 600; padding: 8px 12px; margin: 0 0 16px;
  max-width: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; border-bottom: 2px solid #444444; padding: 5px 8px; vertical-align: bottom; }
th small { display: block; font-weight: 400; color: #555555; }
td { border-bottom: 1px solid #dddddd; padding: 4px 8px; vertical-align: top; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.moment { white-space: nowrap; }
td.words { overflow-wrap: normal; }
tr.sum td { font-weight: 700; border-top: 2px solid #444444; border-bottom: none; }
.note { color: #555555; font-size: 12.5px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 18px; margin: 0; }
dt { color: #555555; }
dd { margin: 0; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; border: 1px solid #dddddd; }
footer { margin-top: 36px; border-top: 1px solid #bbbbbb; padding-top: 8px; color: #555555; font-size: 12px; }
@media print {
  body { margin: 0; max-width: none; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


def html_of(document: Document, progress: Progress | None = None) -> str:
    """Return the document as HTML: every text escaped, nothing loaded from anywhere."""
    parts = [_head(document)]
    for block in document.blocks:
        parts += _block(block, progress)
    foot = f"<footer>{escape(document.foot)}</footer>"
    return "\n".join([*parts, foot, "</body>", "</html>", ""])


def _head(document: Document) -> str:
    warning = f'<p class="warning">{escape(document.warning)}</p>' if document.warning else ""
    title = escape(document.title)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{warning}<h1>{title}</h1>"
    )


def _block(block: Block, progress: Progress | None) -> Iterator[str]:
    if block.title:
        yield f"<h2>{escape(block.title)}</h2>"
    if isinstance(block, Table):
        yield from _table(block, progress)
    elif isinstance(block, FactList):
        pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(fact)}</dd>" for name, fact in block.facts)
        yield f"<dl>{pairs}</dl>"
    elif isinstance(block, Picture):
        yield f'<div class="scroll">{block.svg}</div>'
        yield f'<p class="note">{escape(block.text)}</p>'
    elif isinstance(block, Prose):
        yield from (f"<p>{escape(text)}</p>" for text in block.paragraphs)


def _table(table: Table, progress: Progress | None) -> Iterator[str]:
    if not table.rows:
        yield f"<p>{escape(table.empty)}</p>"
        return
    yield '<div class="scroll"><table>\n<thead><tr>' + "".join(map(_th, table.heads)) + "</tr></thead>\n<tbody>"
    first_sum = len(table.rows) - table.sums
    for number, row in enumerate(watched(table.rows, progress)):
        yield _tr(row, table.heads, is_sum=number >= first_sum)
    yield "</tbody></table></div>"
    if table.note:
        yield f'<p class="note">{escape(table.note)}</p>'


def _th(head: Head) -> str:
    unit = f"<small>{escape(head.unit)}</small>" if head.unit else ""
    return f'<th scope="col" class="{_kind(head)}">{escape(head.title)}{unit}</th>'


def _tr(row: Sequence[Native], heads: Sequence[Head], *, is_sum: bool) -> str:
    cells = "".join(
        f'<td class="{_kind(head)}">{escape(shown(value, head.kind))}</td>'
        for value, head in zip(row, heads, strict=True)
    )
    return f'<tr class="sum">{cells}</tr>' if is_sum else f"<tr>{cells}</tr>"


def _kind(head: Head) -> str:
    return "number" if head.is_number else head.kind.value
