"""What the world did wrong: a refusal is typed, explained in one line, and loses nothing."""

from __future__ import annotations


class RefusedError(Exception):
    """The base of every refusal that a user meets; the message says what and why."""
