"""investing.com: date, price, open, high, low in the site's languages, newest first, often with decimal commas."""

# ruff: noqa: RUF001 - the letters of other languages

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from core.parsing.date_column import DAY_FIRST
from core.parsing.layout import Head, Layout, Reading, bars
from core.parsing.number_marks import COMMA, POINT

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table


class _Language(NamedTuple):
    """The first five names of a header without accents; the mark before decimals, "" where countries differ."""

    code: str
    names: tuple[str, ...]
    decimal: str


_LANGUAGES = (
    _Language("en", ("date", "price", "open", "high", "low"), POINT),
    _Language("es", ("fecha", "ultimo", "apertura", "maximo", "minimo"), ""),
    _Language("de", ("datum", "zuletzt", "eroffn.", "hoch", "tief"), COMMA),
    _Language("fr", ("date", "dernier", "ouv.", "plus haut", "plus bas"), COMMA),
    _Language("it", ("data", "ultimo", "apertura", "massimo", "minimo"), COMMA),
    _Language("pt", ("data", "ultimo", "abertura", "maxima", "minima"), COMMA),
    _Language("nl", ("datum", "laatste", "open", "hoog", "laag"), COMMA),
    _Language("pl", ("data", "ostatnio", "otwarcie", "max.", "min."), COMMA),
    _Language("tr", ("tarih", "simdi", "acılıs", "yuksek", "dusuk"), COMMA),
    _Language("ru", ("дата", "цена", "откр.", "макс.", "мин."), COMMA),
)


def _layout(language: _Language) -> Layout:
    def claims(head: Head) -> bool:
        return tuple(_plain(name) for name in head.names[:5]) == language.names

    def reading(table: Table, asked: Asked) -> Reading:
        place = {_plain(name): index for index, name in enumerate(table.header)}
        dates, close, *others = (place.get(name, -1) for name in language.names)
        if min(dates, close, *others) < 0:
            table.index(*language.names)
        columns = dict(zip(("open", "high", "low", "close"), (*others, close), strict=True))
        return Reading(dates, (bars(asked.symbol, columns),))

    order = "" if language.code == "en" else DAY_FIRST
    name, title = f"investing-{language.code}", f"investing.com history ({language.code})"
    return Layout(name, title, "investing", claims, reading, date_order=order, decimal=language.decimal)


def _plain(name: str) -> str:
    """Return the name of a column without accents, in lower case."""
    parts = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


LAYOUTS = tuple(_layout(language) for language in _LANGUAGES)
