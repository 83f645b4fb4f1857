"""How does one file stand that the user wants to import? Being read, planned, refused, written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gui.formats import number_text

if TYPE_CHECKING:
    from pathlib import Path

    from db.import_file import ImportPlan, ImportResult

FIELDS = (
    ("name it with --symbol", "give its symbol in the field"),
    ("with --symbol", "in the field Symbol"),
    ("leave --symbol out", "leave the field Symbol empty"),
    ("like --symbol ", "in the field Symbol like "),
    ("name one with --as", "choose one in the field Layout"),
    ("with --zone", "with --zone of the import command"),
    ("with --date", "with --date of the import command"),
)


@dataclass(frozen=True)
class Asked:
    """A file, what the user named of it, and what became of it so far. `reason` says why it was refused."""

    path: Path
    layout: str | None = None
    symbol: str | None = None
    plan: ImportPlan | None = None
    reason: str = ""
    result: ImportResult | None = None

    def planned(self, plan: ImportPlan) -> Asked:
        """Return the file with its plan."""
        return replace(self, plan=plan, reason="")

    def refused(self, reason: str) -> Asked:
        """Return the file refused as a whole."""
        return replace(self, reason=window_words(reason), plan=None)

    def written(self, result: ImportResult) -> Asked:
        """Return the file after its import."""
        return replace(self, result=result)

    @property
    def is_waiting(self) -> bool:
        """Whether it is still being read."""
        return self.plan is None and not self.reason

    @property
    def has_refused_rows(self) -> bool:
        """Whether rows in it cannot be read."""
        return self.plan is not None and bool(self.plan.refusal)

    @property
    def mark(self) -> str:
        """How it stands, in one word or two."""
        if self.result is not None:
            return "✓ imported"
        if self.plan is None:
            return "✕ refused" if self.reason else "reading…"
        return "✕ refused rows" if self.has_refused_rows else "ready"

    @property
    def text(self) -> str:
        """How it stands, in a sentence."""
        if self.result is not None:
            return result_text(self.result)
        if self.plan is not None:
            return self.plan.refusal or "Nothing has been written yet."
        return self.reason or "Reading the file…"


def window_words(reason: str) -> str:
    """Return a reason with the fields of the window in place of the options of the command."""
    for option, field in FIELDS:
        reason = reason.replace(option, field)
    return reason


def result_text(result: ImportResult) -> str:
    """Return what was written, in words."""
    if result.batch is None:
        return f"Nothing new in it: {number_text(result.same, 0)} days are there already."
    kept = "replaced" if result.replaced else "left as they were"
    said = [f"{number_text(result.new, 0)} days imported", f"{number_text(result.same, 0)} were there already"]
    said += [f"{result.changed} that differ {kept}"] if result.changed else []
    said += [f"{result.skipped_rows} refused rows skipped"] if result.skipped_rows else []
    return ", ".join(said) + "."
