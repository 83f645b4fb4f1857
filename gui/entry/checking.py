"""What do the rows of a form say? Values where they can be read, else which row is refused or still empty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.positions.values import ActRefusedError
from core.refusal import RefusedError
from gui.entry.typed import StillEmptyError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Readings = dict[str, Callable[[], Any]]

LEG_FIELDS = frozenset({"leg", "price", "quantity", "expiry", "root", "strike", "right"})
LEGS = "fills"


@dataclass
class Checked:
    """What was read, by the argument's name; why a row is refused, by the row's; which rows are still empty."""

    rows: Collection[str]
    values: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    needed: list[str] = field(default_factory=list)

    def attempt(self, name: str, work: Callable[[], Any]) -> Any:
        """Return what the work returns, None where it is refused: the refusal is kept with its row."""
        try:
            return work()
        except StillEmptyError as error:
            self.needed.append(error.field)
        except RefusedError as error:
            self.refused[self._row_of(error, name)] = reason_of(error)
        return None

    def read(self, readings: Readings) -> None:
        """Read every row, whatever the others say."""
        for name, reading in readings.items():
            before = len(self.refused) + len(self.needed)
            value = self.attempt(name, reading)
            if len(self.refused) + len(self.needed) == before:
                self.values[name] = value

    def _row_of(self, error: RefusedError, name: str) -> str:
        """Return the row that a refusal is about: the one it names, the legs for a leg's fields, else none."""
        named = error.field if isinstance(error, ActRefusedError) else name
        if named not in self.rows and LEGS in self.rows and named in LEG_FIELDS:
            return LEGS
        return named


def reason_of(error: RefusedError) -> str:
    """Return why, without the name of the field that the reason stands beside."""
    return error.reason if isinstance(error, ActRefusedError) else str(error)
