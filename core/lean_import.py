"""How is a library imported without the heavier ones that it would pull in but does not need?"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCK = RLock()


@contextmanager
def importing_without(*names: str) -> Iterator[None]:
    """Keep the named libraries out while the body imports another; those loaded already stay as they are.

    TA-Lib and sqlite-utils import pandas (and polars) only to know their types: 0.5 s for nothing on the way
    to the first figure. A None in `sys.modules` makes that import fail as if the library were not installed.
    """
    with _LOCK:
        absent = [name for name in names if name not in sys.modules]
        for name in absent:
            sys.modules[name] = None  # type: ignore[assignment]
        try:
            yield
        finally:
            for name in absent:
                sys.modules.pop(name, None)


@contextmanager
def importing_heavily() -> Iterator[None]:
    """Import pandas and the like in the body; waits while another thread keeps them out."""
    with _LOCK:
        yield
