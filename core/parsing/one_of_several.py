"""Which of the symbols or universes that one file holds is meant? The only one, else the one that was picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.parsing.fates import Fate
from core.parsing.findings import Finding, Findings
from core.parsing.table import ParseRefusedError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.parsing.asked import Asked

_SHOWN = 8


def pick(names: Iterable[str], asked: Asked, what: str) -> str:
    """Return the name that is meant among those that a file holds, as the file has it.

    Raises ParseRefusedError that lists them where there are several and none of them was picked.
    """
    held = {_plain(name): name for name in names if name.strip()}
    if asked.symbol:
        if _plain(asked.symbol) in held:
            return held[_plain(asked.symbol)]
        raise ParseRefusedError(0, 0, f"{shown(asked.symbol)} is not in the file: it holds {_listed(held)}")
    if len(held) == 1:
        return next(iter(held.values()))
    raise ParseRefusedError(0, 0, f"the file holds several: {_listed(held)}: pick the {what} with --symbol")


def rows_of_others(cells: Sequence[str], picked: str) -> Findings:
    """Return the findings for the rows of other names than the one that was picked."""
    return {
        row: Finding(Fate.SET_ASIDE, f"of {shown(cell.strip())}, not of {shown(picked.strip())}")
        for row, cell in enumerate(cells)
        if _plain(cell) != _plain(picked)
    }


def _plain(name: str) -> str:
    """Return a name as the program writes it: `$VIX` and `VIX` are one, `S&P 500` is SP500."""
    return "".join(letter for letter in name.strip().upper() if letter.isalnum() or letter in "/:.")


def _listed(held: dict[str, str]) -> str:
    more = f" and {len(held) - _SHOWN} more" if len(held) > _SHOWN else ""
    return ", ".join(shown(name).strip("'") for name in sorted(held)[:_SHOWN]) + more
