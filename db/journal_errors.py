"""What can keep a journal from being used? Each says what happened, what was kept and what to do next."""

from __future__ import annotations

from core.refusal import RefusedError


class JournalError(RefusedError):
    """The journal cannot be used; the message says what happened, what was kept and what to do."""


class JournalMissingError(JournalError):
    """There is no journal at the path."""


class JournalGoneError(JournalMissingError):
    """There was a journal at the path: its anchor is still there."""


class NotAJournalError(JournalError):
    """The file is not a journal of this program; it was not touched."""


class NotOpenedError(JournalError):
    """The system does not let the journal be opened as it must be; it was not touched."""


class NotWritableError(JournalError):
    """The journal cannot be written where it lies; it can be read."""


class NewerJournalError(JournalError):
    """The journal was written by a newer version of the program; it was not touched."""


class OlderJournalError(JournalError):
    """The journal has an older schema and must be opened for writing once, which migrates it."""


class JournalNotWrittenError(JournalError):
    """The disk, the system or another program kept a transaction from being written; nothing of it was."""


class JournalReplacedError(JournalError):
    """The journal's files were replaced while it was open; what it held was saved to a copy."""


class JournalSuspectError(JournalError):
    """The journal is damaged, or saved entries are missing: it can be looked at, nothing is written to it."""


class MigrationFailedError(JournalError):
    """The journal could not be brought to the newest schema; it is as it was."""


class BackupFailedError(JournalError):
    """A backup was not made, or did not hold when it was opened again."""


class CancelledError(JournalError):
    """A user ended long work; nothing was changed."""
