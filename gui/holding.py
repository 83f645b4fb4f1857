"""Which holding does a wish mean? A condor, a layer of a condor, or a layer of the whole book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.positions.book import Book, Condor, Layer


@dataclass(frozen=True, slots=True, order=True)
class HoldingKey:
    """A condor has `layer` 0; a layer of the whole book has `condor_id` 0."""

    condor_id: int = 0
    layer: int = 0

    @property
    def of_condor(self) -> int | None:
        """The condor as the journal's acts take it, None for the whole book."""
        return self.condor_id or None

    @property
    def title(self) -> str:
        """The holding in words."""
        if not self.layer:
            return f"condor {self.condor_id}"
        return (
            f"layer {self.layer} of condor {self.condor_id}"
            if self.condor_id
            else f"layer {self.layer} of the book"
        )


def holding_in(book: Book, key: HoldingKey) -> Condor | Layer | None:
    """Return what the book holds under the key, None if nothing."""
    if key.layer:
        return book.layers.get((key.layer, key.of_condor))
    return book.condors.get(key.condor_id)
