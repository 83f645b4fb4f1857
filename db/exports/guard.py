"""How is text kept from being run as a formula in a spreadsheet, and how does it come back unchanged?

An apostrophe is put before a sign that begins a formula, at the start of the text and behind whatever another
program may take for the end of a cell (`;`, `,`, a tab, a line break, `|`, a quotation mark). What has apostrophes
there already gets one more, so that taking one away always gives the text back.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_AT_START = re.compile(f"\\A( *)('*)(?=[{_SIGNS}\t\r\n\0])")
_BEHIND_END = re.compile(f"([;,\t\r\n|\"])( *)('*)(?=[{_SIGNS}])")
_AT_START_GUARDED = re.compile(f"\\A( *)'('*)(?=[{_SIGNS}\t\r\n\0])")
_BEHIND_END_GUARDED = re.compile(f"([;,\t\r\n|\"])( *)'('*)(?=[{_SIGNS}])")


def guarded(text: str) -> str:
    """Return text that no spreadsheet runs as a formula, whatever it takes for the end of a cell."""
    return _BEHIND_END.sub(r"\1\2'\3", _AT_START.sub(r"\1'\2", text))


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return _AT_START_GUARDED.sub(r"\1\2", _BEHIND_END_GUARDED.sub(r"\1\2\3", text))
