"""What is a usage error? A file of its own: the command line catches it before anything heavy is loaded."""

from __future__ import annotations


class UsageError(Exception):
    """A text that cannot be read as what it should be: exit code 2."""
