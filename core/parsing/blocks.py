"""Is a file worth reading? Judged block by block, so that what no parser would take is never held in memory."""

from __future__ import annotations

import numpy as np

from core.parsing.table import MAX_LINE, MAX_REFUSED, MAX_ROWS, ParseRefusedError

BLOCK_BYTES = 4 * MAX_LINE
"""A block without the end of a line belongs to one that is too long: no letter has more than 4 bytes."""
_LINE_END, _QUOTE = ord("\n"), ord('"')


class BlockCheck:
    """Gets the bytes of a text file in blocks of BLOCK_BYTES; only the last may be shorter."""

    def __init__(self) -> None:
        self._lines, self._returns, self._unclosed = 0, 0, 0
        self._open_quotes = 0

    def feed(self, block: bytes) -> None:
        """Look at the next block.

        Raises ParseRefusedError for a NUL, a line of more than MAX_LINE characters, more than MAX_ROWS lines,
        and more than MAX_REFUSED lines on which a quote is not closed.
        """
        nul = block.find(b"\0")
        if nul >= 0:
            line = self._lines + block.count(b"\n", 0, nul) + 1
            raise ParseRefusedError(line, 0, "a NUL character: this is not a plain text file")
        ends = block.count(b"\n")
        returns = 0 if ends else block.count(b"\r")
        if not ends and not returns and len(block) == BLOCK_BYTES:
            raise ParseRefusedError(self._lines + 1, 0, f"a line of more than {MAX_LINE:,} characters")
        if b'"' in block or self._open_quotes:
            self._count_unclosed(block)
        self._lines, self._returns = self._lines + ends, self._returns + returns
        if max(self._lines, self._returns) > MAX_ROWS:
            raise ParseRefusedError(MAX_ROWS + 1, 0, f"more than {MAX_ROWS:,} lines")

    def _count_unclosed(self, block: bytes) -> None:
        """Count the lines that end in this block and hold an odd number of quotes."""
        data = np.frombuffer(block, np.uint8)
        ends = np.flatnonzero(data == _LINE_END)
        before = np.searchsorted(np.flatnonzero(data == _QUOTE), ends)
        held = np.diff(before, prepend=-self._open_quotes)
        last = int(before[-1]) if len(before) else -self._open_quotes
        self._open_quotes = (block.count(b'"') - last) % 2
        self._unclosed += int((held % 2).sum())
        if self._unclosed > MAX_REFUSED:
            line = self._lines + int(np.flatnonzero(held % 2)[-1]) + 1
            raise ParseRefusedError(line, 0, f"a quote is not closed; and so more than {MAX_REFUSED:,} rows")
