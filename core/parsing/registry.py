"""Which layouts are read, and which of them does a file have? A new layout is one file and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.parsing import (
    barchart,
    bars_within_day,
    breadth,
    breadth_net,
    breadth_universes,
    bundesbank,
    cboe_chain,
    cboe_index,
    cfe_contract,
    cfe_settlement,
    events,
    fred,
    investing,
    lean_universe,
    plain_bars,
    stooq,
    unicorn,
    vx_table,
    yahoo,
)
from core.parsing.later_layouts import later_layout
from core.parsing.layout import PRICES, head_of
from core.parsing.rows import parse_rows
from core.parsing.symbols import symbol_in_file_name, universe_in_file_name
from core.parsing.table import ParseRefusedError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.parsing.asked import Asked
    from core.parsing.fates import ParsedFile
    from core.parsing.layout import Layout

LAYOUTS: tuple[Layout, ...] = (
    cboe_index.LAYOUT,
    yahoo.LAYOUT,
    stooq.LAYOUT,
    plain_bars.LAYOUT,
    barchart.LAYOUT,
    barchart.WITH_SYMBOL,
    barchart.OPTION,
    *investing.LAYOUTS,
    bars_within_day.LAYOUT,
    cboe_chain.LAYOUT,
    lean_universe.LAYOUT,
    cfe_contract.LAYOUT,
    cfe_settlement.LAYOUT,
    vx_table.LAYOUT,
    events.LAYOUT,
    bundesbank.LAYOUT,
    breadth_universes.WIDE,
    breadth_universes.LONG,
    breadth.LAYOUT,
    breadth_net.LAYOUT,
    fred.LAYOUT,
    *unicorn.LAYOUTS,
)
"""The narrow before the broad: of several that claim a file alike the first is proposed."""


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
        raise ParseRefusedError(0, 0, later)
    claims = {layout: layout.claims(head) for layout in LAYOUTS}
    if any(claims.values()):
        return sorted((layout for layout in LAYOUTS if claims[layout]), key=claims.__getitem__, reverse=True)
    if not head.header_text:
        raise ParseRefusedError(0, 0, "the file is empty")
    raise ParseRefusedError(0, 0, f"no known layout: the header line is {shown(head.header_text)}")


def choose(claims: Sequence[Layout], text: str, file_name: str, symbol: str = "") -> Layout:
    """Return the layout by which a file is read where the user named none: the first of those that claim it.

    Raises ParseRefusedError where another one, as likely, takes its numbers for something else. A symbol that
    was given speaks for prices.
    """
    best, head = claims[0], head_of(text, file_name)
    rating = best.claims(head)
    rivals = [one for one in claims if one.claims(head) == rating and one.meaning != best.meaning]
    prices = [one for one in claims if one.meaning == PRICES]
    if rivals and symbol and prices:
        return prices[0]
    if rivals:
        kinds = ", ".join(f"{one.name} ({one.meaning})" for one in dict.fromkeys((best, *rivals)))
        raise ParseRefusedError(0, 0, f"nothing says which it is: {kinds}: name one with --as")
    return best


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
