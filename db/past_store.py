"""How are the charts filled without waiting for the indicators' library? What follows from the closes is kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

import core
from core.measures.measured import Measured
from core.monitor.past import closed_history, make_past
from core.playbook.layer_state import TriggerHistory
from core.playbook.parameters import measure_settings
from core.state import Past
from db.connection import write
from db.event_rows import load_events
from db.market_store import load_history, market_version
from db.sessions import load_calendar
from db.stored_array import load_array, save_array

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from core.market.series import History
    from core.playbook.parameters import Playbook

TERMS = "past.terms"


def load_past(connection: sqlite3.Connection, history: History, playbook: Playbook) -> Past | None:
    """Return what was kept for exactly this history, playbook and program, None where nothing was."""
    terms_array = load_array(connection, TERMS)
    version = _version(connection, history, playbook)
    if terms_array is None or terms_array.version != version:
        return None
    terms = json.loads(terms_array.values.tobytes())
    arrays = {name: load_array(connection, f"past.{name}") for name in terms["names"]}
    values = {name: stored.values for name, stored in arrays.items() if stored and stored.version == version}
    if len(values) != len(arrays):
        return None
    measured = Measured(
        history=history,
        edr_formula=terms["edr_formula"],
        universe=terms["universe"],
        settings=measure_settings(playbook),
        **_part(values, "measured"),
    )
    rules = MappingProxyType(_part(values, "rule"))
    return Past(history, measured, TriggerHistory(history.first, rules=rules, **_part(values, "triggers")))


def save_past(connection: sqlite3.Connection, past: Past, playbook: Playbook) -> None:
    """Keep what follows from the closes, in place of what was kept before."""
    version = _version(connection, past.history, playbook)
    values = _arrays("measured", past.measured) | _arrays("triggers", past.triggers)
    values |= {f"rule.{name}": words for name, words in past.triggers.rules.items()}
    terms = {
        "names": list(values),
        "edr_formula": past.measured.edr_formula,
        "universe": past.measured.universe,
    }
    with write(connection):
        connection.execute("DELETE FROM stored_array WHERE name LIKE 'past.%'")
        for name, array in values.items():
            save_array(connection, f"past.{name}", version, array)
        save_array(connection, TERMS, version, np.frombuffer(json.dumps(terms).encode(), np.uint8))


def load_or_make_past(connection: sqlite3.Connection, history: History, playbook: Playbook) -> Past:
    """Return what follows from the closes: as it was kept, else made now."""
    return load_past(connection, history, playbook) or make_past(history, playbook, load_events(connection))


def refresh_past(connection: sqlite3.Connection, playbook: Playbook, now: datetime) -> None:
    """Make and keep what follows from the closes known now: after an import, and when a session has closed."""
    history = closed_history(load_history(connection, load_calendar(connection)), now)
    if load_past(connection, history, playbook) is None:
        save_past(connection, make_past(history, playbook, load_events(connection)), playbook)


def _part(values: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(f"{prefix}."): value for name, value in values.items() if name.startswith(f"{prefix}.")
    }


def _arrays(prefix: str, record: object) -> dict[str, Any]:
    held = {field.name: getattr(record, field.name) for field in fields(record)}  # type: ignore[arg-type]
    return {f"{prefix}.{name}": value for name, value in held.items() if isinstance(value, np.ndarray)}


def _version(connection: sqlite3.Connection, history: History, playbook: Playbook) -> str:
    """Return the name of all that the arrays follow from: the imports, the sessions, the rules, the program."""
    span = f"{history.first}+{history.length}"
    return f"{market_version(connection)}|{span}|{playbook.hash}|{_program()}"


def _program() -> str:
    """Return a digest of the source files whose result is kept: a changed formula makes it anew."""
    root = Path(core.__file__).parent
    files = sorted((*root.glob("measures/*.py"), *root.glob("playbook/*.py"), *root.glob("market/*.py")))
    stats = ((file.name, file.stat()) for file in files)
    text = ";".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
