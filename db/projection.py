"""Which rows of `condor`, `layer`, `leg` and `fill` follow from a book? Exact, readable, rebuildable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.body import POSITION_KINDS, integer, integer_or_none, text
from core.journal.canonical import canonical, to_e8
from core.journal.entry import EntryKind
from core.journal.undo import UNDOING
from core.market.times import iso_utc
from core.positions.book import Book
from db.connection import write
from db.journal_read import load_book

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

    from core.journal.entry import Draft, Entry
    from core.positions.book import Condor, Holding, Layer, LayerKey, Owner
    from core.positions.contract import Contract
    from core.positions.leg import DatedFill, Leg

Cell = str | int | None
Row = dict[str, Cell]
TABLES = ("condor", "layer", "leg", "fill")
_KEYS: dict[str, str | tuple[str, ...]] = {
    "condor": "id",
    "layer": "id",
    "leg": ("owner", "position"),
    "fill": ("owner", "position"),
}


def owner_name(owner: Owner) -> str:
    """Return how the tables name an owner: C3, L1 (of the book), L1C3 (of condor 3)."""
    number, condor_id = owner
    condor = "" if condor_id is None else f"C{condor_id}"
    return condor if number is None else f"L{number}{condor}"


def owners(book: Book) -> set[Owner]:
    """Return every condor and layer of the book."""
    return {(None, condor_id) for condor_id in book.condors} | set(book.layers)


def touched(book: Book, written: Iterable[Draft | Entry]) -> set[Owner]:
    """Return the owners whose rows the drafts or entries change; `book` is the one after them."""
    found: set[Owner] = set()
    for item in written:
        kind = EntryKind(text(item.body, "act")) if item.kind in UNDOING else item.kind
        if kind in POSITION_KINDS:
            found.add((integer_or_none(item.body, "layer"), integer_or_none(item.body, "condor")))
        elif kind is EntryKind.LAYER_NAMED:
            found |= {key for key in book.layers if key[0] == integer(item.body, "layer")}
    return found


def rows_of(book: Book, chosen: Iterable[Owner]) -> dict[str, list[Row]]:
    """Return the rows of the chosen owners by table."""
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    for owner in chosen:
        holding = _add_owner(rows, book, owner)
        name = owner_name(owner)
        rows["leg"] += [_leg_row(name, position, leg) for position, leg in enumerate(holding.legs)]
        rows["fill"] += _fill_rows(name, holding, 0)
    return rows


def update_rows(database: Database, before: Book, after: Book, chosen: Iterable[Owner]) -> None:
    """Bring the rows of the chosen owners from one book to a later one, inside the caller's transaction.

    Fills are only ever added at the end or taken back from there, so the rows of those that both have are left.
    """
    there = owners(after)
    for owner in sorted(chosen, key=owner_name):
        name = owner_name(owner)
        rows: dict[str, list[Row]] = {"condor": [], "layer": []}
        known = min(len(_fills_of(before, owner)), len(_fills_of(after, owner)))
        database.table("leg").delete_where("owner = ?", [name])
        database.table("fill").delete_where("owner = ? AND position >= ?", [name, known])
        if owner not in there:
            _delete_owner(database, owner)
            continue
        holding = _add_owner(rows, after, owner)
        rows["leg"] = [_leg_row(name, position, leg) for position, leg in enumerate(holding.legs)]
        rows["fill"] = list(_fill_rows(name, holding, known))
        for table, found in rows.items():
            database.table(table).insert_all(found, pk=_KEYS[table], replace=True)


def _delete_owner(database: Database, owner: Owner) -> None:
    """Take away the row of a condor or layer whose opening was undone."""
    number, condor_id = owner
    if number is None:
        database.table("condor").delete_where("id = ?", [condor_id])
    else:
        database.table("layer").delete_where("id = ?", [owner_name(owner)])


def rebuild(connection: sqlite3.Connection) -> None:
    """Write the readable tables anew from the entries, in one transaction."""
    with write(connection) as database:
        for table in TABLES:
            database.table(table).delete_where()
        book = load_book(connection)
        update_rows(database, Book(), book, owners(book))


def _fills_of(book: Book, owner: Owner) -> tuple[DatedFill, ...]:
    number, condor_id = owner
    if number is not None:
        layer = book.layers.get((number, condor_id))
        return layer.fills if layer else ()
    condor = None if condor_id is None else book.condors.get(condor_id)
    return condor.fills if condor else ()


def _add_owner(rows: dict[str, list[Row]], book: Book, owner: Owner) -> Holding:
    number, condor_id = owner
    if number is not None:
        layer = book.layers[number, condor_id]
        rows["layer"].append(_layer_row(book, (number, condor_id), layer))
        return layer
    if condor_id is None:
        raise ValueError("an owner is a condor or a layer")
    condor = book.condors[condor_id]
    rows["condor"].append(_condor_row(condor))
    return condor


def _condor_row(condor: Condor) -> Row:
    return {
        "id": condor.id,
        "root": condor.root,
        "expiry": condor.expiry.isoformat() if condor.expiry else None,
        "quantity": condor.quantity,
        **_held(condor),
    }


def _layer_row(book: Book, key: LayerKey, layer: Layer) -> Row:
    number, condor_id = key
    return {
        "id": owner_name(key),
        "number": number,
        "name": book.layer_names[number],
        "condor_id": condor_id,
        **_held(layer),
    }


def _held(holding: Holding) -> Row:
    return {
        "cash_e8": to_e8(holding.cash),
        "fees_e8": to_e8(holding.fees),
        "opened_at": iso_utc(holding.opened_at) if holding.opened_at else None,
        "is_open": int(holding.is_open),
        "flags": canonical(list(holding.flags)),
    }


def _contract(contract: Contract) -> Row:
    return {
        "root": contract.root,
        "kind": contract.kind.value,
        "expiry": contract.expiry.isoformat() if contract.expiry else None,
        "right": contract.right,
        "strike_e8": None if contract.strike is None else to_e8(contract.strike),
    }


def _leg_row(owner: str, position: int, leg: Leg) -> Row:
    """Return a leg; `opened_points_e8` / quantity is its average opening price, which would have to be rounded."""
    opened = [(dated.fill.price, abs(dated.fill.quantity)) for dated in leg.opened_by]
    points = [to_e8(price) * count for price, count in opened if price is not None]
    return {
        "owner": owner,
        "position": position,
        **_contract(leg.contract),
        "quantity": leg.quantity,
        "opened_points_e8": sum(points) if len(points) == len(opened) else None,
    }


def _fill_rows(owner: str, holding: Holding, first: int) -> Iterator[Row]:
    for position, dated in enumerate(holding.fills[first:], first):
        yield {
            "owner": owner,
            "position": position,
            "seq": dated.seq,
            "act": dated.act,
            "time": iso_utc(dated.time),
            **_contract(dated.fill.contract),
            "quantity": dated.fill.quantity,
            "price_e8": None if dated.fill.price is None else to_e8(dated.fill.price),
        }
