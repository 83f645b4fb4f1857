"""How is a document written so that Qt's text layout sets it? In the few tags and attributes that it knows."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from db.exports.blocks import FactList, Picture, Prose, Table, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.exports.blocks import Block, Head, Native

RULE, HAIRLINE, MUTED = "#444444", "#cccccc", "#555555"
PICTURE_URL = "picture:{}"
BREAKABLE = 24
"""Longer runs without a space get places where they may be broken, so that no cell is wider than its column."""


def rich_text(blocks: Sequence[Block], picture_px: int) -> str:
    """Return blocks as Qt's HTML: all text escaped; the nth picture is the resource `picture:n`."""
    parts: list[str] = []
    pictures = 0
    for block in blocks:
        if isinstance(block, Picture):
            parts.append(_title(block.title))
            parts.append(f'<p><img src="{PICTURE_URL.format(pictures)}" width="{picture_px}"></p>')
            parts.append(_note(block.text))
            pictures += 1
        else:
            parts += _block(block)
    return "".join(parts)


def _block(block: Block) -> Iterator[str]:
    if not isinstance(block, Table) or not block.rows:
        yield _title(block.title)
    if isinstance(block, FactList):
        yield '<table cellspacing="0" cellpadding="1" border="0">'
        for name, fact in block.facts:
            yield f'<tr><td style="color:{MUTED}">{_safe(name)}&nbsp;&nbsp;&nbsp;</td><td>{_safe(fact)}</td></tr>'
        yield "</table>"
    elif isinstance(block, Prose):
        yield from (f'<p style="margin-top:2px">{_safe(text)}</p>' for text in block.paragraphs)
    elif isinstance(block, Table):
        yield from _table(block)


def _title(title: str) -> str:
    style = "margin-top:12px; margin-bottom:3px; font-size:large; font-weight:600"
    return f'<p style="{style}">{_safe(title)}</p>' if title else ""


def _note(text: str) -> str:
    return f'<p style="color:{MUTED}; font-size:small; margin-top:3px">{_safe(text)}</p>' if text else ""


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield f"<p>{_safe(table.empty)}</p>"
        return
    yield '<table width="100%" cellspacing="0" cellpadding="3" border="0" style="border-collapse:collapse">'
    whole = sum(head.share for head in table.heads)
    yield "<thead>" + _title_row(table) + "<tr>" + "".join(_head(head, whole) for head in table.heads)
    yield "</tr></thead>"
    first_sum = len(table.rows) - table.sums
    for number, row in enumerate(table.rows):
        yield _row(row, table.heads, is_sum=number >= first_sum)
    yield "</table>"
    yield _note(table.note)


def _title_row(table: Table) -> str:
    """Return the title as a row of the head: it stands on every page that the table goes on to."""
    style = "font-size:large; font-weight:600; padding-top:10px; padding-left:0px"
    cell = f'<th colspan="{len(table.heads)}" align="left" style="{style}">{_safe(table.title)}</th>'
    return f"<tr>{cell}</tr>" if table.title else ""


def _head(head: Head, whole: int) -> str:
    align = "right" if head.is_number else "left"
    unit = f'<br><span style="color:{MUTED}; font-weight:400">{_safe(head.unit)}</span>' if head.unit else ""
    style = f"border-bottom:1.5px solid {RULE}" + ("" if head.is_number else "; padding-left:8px")
    width = f"{100 * head.share / whole:.2f}%"
    return f'<th width="{width}" align="{align}" valign="bottom" style="{style}">{_safe(head.title)}{unit}</th>'


def _row(row: Sequence[Native], heads: Sequence[Head], *, is_sum: bool) -> str:
    line = f"border-top:1px solid {RULE}" if is_sum else f"border-bottom:0.5px solid {HAIRLINE}"
    style = f"{line}; font-weight:600" if is_sum else line
    return "<tr>" + "".join(_cell(value, head, style) for value, head in zip(row, heads, strict=True)) + "</tr>"


def _cell(value: Native, head: Head, style: str) -> str:
    text = shown(value, head.kind)
    if head.is_number:
        return f'<td align="right" style="{style}; white-space:nowrap">{escape(text)}</td>'
    return f'<td style="{style}; padding-left:8px">{_safe(text)}</td>'


def _safe(text: str) -> str:
    """Return text escaped, on one line, with places to break it in runs that no column could hold."""
    words = (_breakable(word) for word in text.split())
    return escape(" ".join(words))


def _breakable(word: str) -> str:
    pieces = [word[start : start + BREAKABLE] for start in range(0, len(word), BREAKABLE)]
    return "\u200b".join(pieces)
