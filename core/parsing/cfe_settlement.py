"""CFE's settlements of one day: Product,Symbol,Expiration Date,Price; the day stands in the name of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.contract_curve import contract_symbol
from core.market.series import Series
from core.market.times import TimeRefusedError, parse_date
from core.parsing.fates import Fate, ParsedFile, RowFate
from core.parsing.findings import Finding, Findings, refusals
from core.parsing.layout import Head, Layout, Reading
from core.parsing.number_column import PRICE_OR_ZERO, read_numbers
from core.parsing.parsed import columns_but, row_counts, taken_ranges, uncut_fates
from core.parsing.table import shown
from core.parsing.trade_day import trade_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.parsing.asked import Asked
    from core.parsing.number_column import Numbers
    from core.parsing.table import Table

_HEADER = ("product", "symbol", "expiration date", "price")
_PRODUCT = "VX"


def _claims(head: Head) -> int:
    return 2 if head.names[:4] == _HEADER else 0


def _reading(table: Table, _asked: Asked) -> Reading:
    return Reading(table.index("expiration date"), ())


def _parse(table: Table, layout: Layout, asked: Asked) -> ParsedFile:
    """Return the settlement of every VX contract on the day of the file; other products are set aside."""
    day = trade_day(asked)
    product, expiries, cells = (table.index(name) for name in ("product", "expiration date", "price"))
    prices = read_numbers(table.columns[cells], PRICE_OR_ZERO)
    found = refusals(prices.refused, cells + 1, table.header[cells])
    found = _others(table.columns[product]) | found
    contracts = _contracts(table.columns[expiries], prices, day, found)
    fates = [
        RowFate(table.lines[row], day, "", fate, reason, column) for row, (fate, reason, column) in found.items()
    ]
    return ParsedFile(
        layout=layout.name,
        source=layout.source,
        rows=table.rows,
        series=tuple(_series(layout.source, expiry, day, price) for expiry, price in sorted(contracts.items())),
        fates=tuple(sorted([*fates, *uncut_fates(table)], key=lambda fate: fate.line)),
        counts=row_counts(table, found),
        taken_lines=taken_ranges(table, found),
        ignored_columns=columns_but(table, {product, expiries, cells}),
    )


def _others(products: Sequence[str]) -> Findings:
    return {
        row: Finding(Fate.SET_ASIDE, f"the product is {shown(cell.strip())}, not {_PRODUCT!r}")
        for row, cell in enumerate(products)
        if cell.strip().upper() != _PRODUCT
    }


def _contracts(expiries: Sequence[str], prices: Numbers, day: date, found: Findings) -> dict[date, float]:
    """Return the prices by expiry; what keeps one out is added to what was found."""
    contracts: dict[date, float] = {}
    for row, (text, price) in enumerate(zip(expiries, prices.values.tolist(), strict=True)):
        if row in found:
            continue
        try:
            expiry = parse_date(text)
        except TimeRefusedError:
            found[row] = Finding(Fate.REFUSED, f"{shown(text)} is not a day written YYYY-MM-DD")
            continue
        finding = _objection(expiry, price, day, contracts)
        if finding is None:
            contracts[expiry] = price
        else:
            found[row] = finding
    return contracts


def _objection(expiry: date, price: float, day: date, contracts: dict[date, float]) -> Finding | None:
    if not price > 0:
        return Finding(Fate.MISSING, "no price")
    if expiry < day:
        return Finding(Fate.REFUSED, f"the contract expired on {expiry}, before {day}")
    if expiry not in contracts:
        return None
    if contracts[expiry] == price:
        return Finding(Fate.REPEATED, f"the contract that expires on {expiry} stands there twice")
    return Finding(Fate.REFUSED, f"a second price of the contract that expires on {expiry}")


def _series(source: str, expiry: date, day: date, price: float) -> Series:
    days, flags = np.array([day], "datetime64[D]"), np.zeros(1, np.bool_)
    return Series(contract_symbol(expiry), source, days, {"close": np.array([price])}, flags)


LAYOUT = Layout(
    name="cfe-settlement",
    title="CFE settlements of one day",
    source="cfe",
    claims=_claims,
    reading=_reading,
    names_itself=True,
    needs_day=True,
    parse=_parse,
)
