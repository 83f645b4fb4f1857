"""Can a note become no markup, and do tables keep their columns?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from db.exports.formats import LogFormat
from db.exports.markdown_log import plain_text

if TYPE_CHECKING:
    from tests.db.exports.handed import Handed

UNESCAPED = re.compile(r"(?<!\\)[|<>\[\]`*_!~#]")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a | b", r"a \| b"),
        ("<img src=x>", r"\<img src=x\>"),
        ("[pay](http://x.y)", r"\[pay\](http\://x.y)"),
        ("www.evil.com", r"www\.evil.com"),
        ("- item", r"\- item"),
        ("1. item", r"\1. item"),
        ("two\nlines", "two lines"),
        ("**bold** _x_ `code`", r"\*\*bold\*\* \_x\_ \`code\`"),
        ("&lt;script&gt;", r"\&lt;script\&gt;"),
        ("\\| out", r"\\\| out"),
    ],
)
def test_text_is_shown_as_it_is(text: str, written: str) -> None:
    assert plain_text(text) == written


def test_every_row_of_a_table_has_the_columns_of_its_head(handed: Handed) -> None:
    lines = handed.text(LogFormat.MARKDOWN).splitlines()
    tables: list[list[int]] = [[]]
    for line in lines:
        if line.startswith("|"):
            tables[-1].append(len(re.findall(r"(?<!\\)\|", line)))
        elif tables[-1]:
            tables.append([])
    assert sum(map(bool, tables)) >= 5
    assert all(len(set(table)) == 1 for table in tables if table)


def test_no_cell_has_markup(handed: Handed) -> None:
    rows = [line for line in handed.text(LogFormat.MARKDOWN).splitlines() if line.startswith("| ")]
    cells = [cell for row in rows for cell in re.split(r"(?<!\\) ?\| ?", row)]
    inner = [cell.removeprefix("**").removesuffix("**") for cell in cells]
    assert not [cell for cell in inner if UNESCAPED.search(cell)]
