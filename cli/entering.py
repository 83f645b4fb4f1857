"""What is an act drafted from? The words that were typed, the book before it, the calendar and the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.usage import UsageError
from cli.values import date_of, decimal_of, integer_of, pair_of
from core.positions.leg import Fill, parse_fill

if TYPE_CHECKING:
    import argparse
    from datetime import datetime
    from decimal import Decimal

    from cli.workspace import Workspace
    from core.market.calendar import SessionCalendar
    from core.positions.book import Book


class Entering:
    """The words of one act and what they are read against."""

    def __init__(
        self,
        args: argparse.Namespace,
        workspace: Workspace,
        book: Book,
        calendar: SessionCalendar,
        at: datetime,
    ) -> None:
        self.args = args
        self.workspace = workspace
        self.book = book
        self.calendar = calendar
        self.at = at

    @property
    def common(self) -> dict[str, Any]:
        """Fees, moment and note: what every fill carries."""
        return {"fees": decimal_of("--fees", self.args.fees), "at": self.at, "note": self.args.note}

    def number(self, name: str) -> Decimal:
        """Return an option that must be there as an exact number."""
        return decimal_of(f"--{name}", self.text(name))

    def count(self, name: str) -> int | None:
        """Return an option as a whole number, None where it was not given."""
        value = getattr(self.args, name)
        return None if value is None else integer_of(f"--{name}", value)

    def text(self, name: str) -> str:
        """Return an option that must be there."""
        value = getattr(self.args, name)
        if value is None:
            raise UsageError(f"--{name} is missing")
        return str(value)

    def leave_out(self, *names: str, reason: str) -> None:
        """Refuse options that say something else than another that was given."""
        given = [f"--{name}" for name in names if getattr(self.args, name) is not None]
        if given:
            raise UsageError(f"leave out {', '.join(given)}: {reason}")

    @property
    def id(self) -> int:
        """The id of a condor."""
        return integer_of("ID", self.args.id)

    @property
    def layer(self) -> dict[str, Any]:
        """The layer's number and the condor that it belongs to."""
        return {"number": integer_of("N", self.args.number), "condor_id": self.count("condor")}

    @property
    def wings(self) -> dict[str, Any]:
        """Expiry and strikes."""
        return {
            "expiry": date_of("--expiry", self.text("expiry")),
            "puts": pair_of("--puts", self.text("puts")),
            "calls": pair_of("--calls", self.text("calls")),
        }


def fills(texts: list[str]) -> list[Fill]:
    """Return the legs as they were written."""
    return [parse_fill(text) for text in texts]
