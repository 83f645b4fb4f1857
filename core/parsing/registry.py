"""Which layouts are read, and which of them does a file have? A new layout is one file and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.parsing import breadth, cboe_index, fred, plain_bars, stooq, vx_table, yahoo
from core.parsing.later_layouts import later_layout
from core.parsing.layout import head_of
from core.parsing.rows import parse_rows
from core.parsing.symbols import symbol_in_file_name, universe_in_file_name
from core.parsing.table import ParseRefusedError, shown

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.fates import ParsedFile
    from core.parsing.layout import Layout

LAYOUTS: tuple[Layout, ...] = (
    cboe_index.LAYOUT,
    yahoo.LAYOUT,
    stooq.LAYOUT,
    plain_bars.LAYOUT,
    vx_table.LAYOUT,
    breadth.LAYOUT,
    fred.LAYOUT,
)
"""The narrow before the broad: where several claim a file they read it alike, and the first is proposed."""


def layout_named(name: str) -> Layout:
    """Return the layout of a name; raises ParseRefusedError naming those there are."""
    for layout in LAYOUTS:
        if layout.name == name:
            return layout
    raise ParseRefusedError(0, 0, f"no layout is called {shown(name)}: {', '.join(one.name for one in LAYOUTS)}")


def recognise(text: str, file_name: str = "") -> list[Layout]:
    """Return the layouts that claim a text by its first lines, the likeliest first.

    Raises ParseRefusedError where there is none, naming a kind of file that is known but not read yet.
    """
    head = head_of(text, file_name)
    if later := later_layout(head):
        raise ParseRefusedError(0, 0, f"this is {later}; this program does not read it yet")
    if claimed := [layout for layout in LAYOUTS if layout.claims(head)]:
        return claimed
    if not head.header_text:
        raise ParseRefusedError(0, 0, "the file is empty")
    raise ParseRefusedError(0, 0, f"no known layout: the header line is {shown(head.header_text)}")


def propose_symbol(file_name: str, layout: Layout, header: tuple[str, ...]) -> tuple[str, str]:
    """Return the symbol (or breadth universe) of a file and what says so, both "" where nothing does."""
    if layout.is_breadth:
        universe = universe_in_file_name(file_name)
        return (universe, "file name") if universe else ("", "")
    if symbol := layout.header_symbol(header):
        return symbol, "header"
    symbol = symbol_in_file_name(file_name)
    return (symbol, "file name") if symbol else ("", "")


def parse(text: str, layout: Layout, asked: Asked) -> ParsedFile:
    """Return what a text of a layout holds.

    Rows of what had not ended by `asked.now` are set aside. Raises ParseRefusedError for what spoils the
    whole file; single rows are refused in the result's fates.
    """
    return (layout.parse or parse_rows)(layout.cut(text), layout, asked)
