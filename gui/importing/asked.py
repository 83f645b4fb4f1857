"""How does one file stand that the user wants to import? Being read, planned, refused, written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.import_plan import Told
from gui.formats import number_text

if TYPE_CHECKING:
    from pathlib import Path

    from db.file_text import FileText
    from db.import_file import ImportPlan, ImportResult

NOTHING_TOLD = Told()
FIELDS = (
    ("name it with --symbol", "give its symbol in the field"),
    ("with --symbol", "in the field Symbol"),
    ("leave --symbol out", "leave the field Symbol empty"),
    ("like --symbol ", "in the field Symbol like "),
    ("name one with --as", "choose one in the field Layout"),
    ("with --zone", "in the field Time zone"),
    ("with --date YYYY-MM-DD", "in the field Trade date"),
    ("with --date", "in the field Trade date"),
)
NO_LAYOUT, COLUMNS_HELP = "no known layout", "; say with Columns… what is in which column"


@dataclass(frozen=True)
class Asked:
    """A file or a pasted text, what the user said about it, and what became of it so far.

    `reason` says why it was refused.
    """

    file: Path | FileText
    told: Told = NOTHING_TOLD
    plan: ImportPlan | None = None
    reason: str = ""
    result: ImportResult | None = None

    @property
    def name(self) -> str:
        """The name of the file, or of what was pasted."""
        return self.file.name

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
    return reason + COLUMNS_HELP if NO_LAYOUT in reason else reason


def result_text(result: ImportResult) -> str:
    """Return what was written, in words."""
    if result.batch is None:
        return f"Nothing new in it: {number_text(result.same, 0)} rows are there already."
    kept = "replaced" if result.replaced else "left as they were"
    said = [f"{number_text(result.new, 0)} rows imported", f"{number_text(result.same, 0)} were there already"]
    said += [f"{result.changed} that differ {kept}"] if result.changed else []
    said += [f"{result.skipped_rows} refused rows skipped"] if result.skipped_rows else []
    return f"Import {result.batch}: {', '.join(said)}."
