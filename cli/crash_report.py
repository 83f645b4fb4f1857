"""Where does the traceback of an error of ours go? Into a log in the state folder, not onto the terminal."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.market.times import iso_utc
from db.places import state_folder
from db.redact import redacted

if TYPE_CHECKING:
    from pathlib import Path

LOG_NAME = "condor-watch.log"


def write_report(error: BaseException) -> Path:
    """Add the traceback to the log, readable by its owner alone, and return its path; raises OSError."""
    path = state_folder() / LOG_NAME
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        told = redacted("".join(traceback.format_exception(error)))
        log.write(f"{iso_utc(datetime.now(UTC))} {told}\n")
    return path
