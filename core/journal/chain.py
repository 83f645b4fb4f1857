"""What makes an entry's hash? The hash before it and every stored field, so that no change goes unseen."""

from __future__ import annotations

from hashlib import sha256
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Any

from core.journal.canonical import canonical, float_from_e8, float_to_e8
from core.journal.entry import Entry, Stamp
from core.market.times import iso_utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from core.journal.entry import Draft, Json

HASH_DOMAIN = "condor-watch-entry-v1"
GENESIS = "0" * 64
HASHED_FIELDS = (
    "seq",
    "kind",
    "event_time",
    "recorded_at",
    "clock_flag",
    "batch",
    "n_in_batch",
    "source_key",
    "occurrence",
    "spx_e8",
    "vix_e8",
    "edr_pct_e8",
    "rung",
    "playbook_hash",
    "body",
    "note_hash",
    "prev",
)
"""Every stored field of an entry but its hash. `body` is the canonical text itself."""


def row_hash(row: Mapping[str, Json]) -> str:
    """Return the SHA-256 (hex) of a stored row; it must hold every one of HASHED_FIELDS."""
    return sha256(row_text(row).encode("ascii")).hexdigest()


def row_text(row: Mapping[str, Json]) -> str:
    """Return what is hashed of a stored row: the domain, the hash before it, its fields as canonical JSON.

    The fields are text, whole numbers and null, so each is written for itself, in the order of their names.
    """
    fields = _FIELDS % tuple([_WRITTEN.get(type(value := row[name]), canonical)(value) for name in _IN_ORDER])
    return f"{HASH_DOMAIN}\0{row['prev']}\0{fields}"


_IN_ORDER = sorted(HASHED_FIELDS)
_FIELDS = "{" + ",".join(f'"{name}":%s' for name in _IN_ORDER) + "}"
_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: encode_basestring_ascii,
    int: str,
    type(None): lambda _none: "null",
}


def note_hash(salt: str, text: str) -> str:
    """Return the SHA-256 (hex) that stands in the chain for a note, "" where there is none.

    The salt keeps an erased note from being guessed.
    """
    return sha256(f"{salt}\0{text}".encode()).hexdigest() if text else ""


def stored_row(entry: Entry) -> dict[str, Json]:
    """Return the fields of an entry as they are stored, `hash` included."""
    return {
        "seq": entry.seq,
        "kind": entry.kind.value,
        "event_time": iso_utc(entry.event_time),
        "recorded_at": iso_utc(entry.recorded_at),
        "clock_flag": int(entry.clock_flag),
        "batch": entry.batch,
        "n_in_batch": entry.n_in_batch,
        "source_key": entry.source_key or None,
        "occurrence": entry.occurrence,
        "spx_e8": float_to_e8(entry.stamp.spx),
        "vix_e8": float_to_e8(entry.stamp.vix),
        "edr_pct_e8": float_to_e8(entry.stamp.edr_pct),
        "rung": entry.stamp.rung,
        "playbook_hash": entry.stamp.playbook_hash,
        "body": canonical(entry.body),
        "note_hash": entry.note_hash,
        "prev": entry.prev,
        "hash": entry.hash,
    }


def link(  # noqa: PLR0913 - the parts of one entry
    draft: Draft,
    stamp: Stamp,
    *,
    seq: int,
    prev: str,
    recorded_at: datetime,
    salt: str = "",
    clock_flag: bool = False,
    batch: str = "",
    n_in_batch: int = 0,
    occurrence: int = 0,
) -> Entry:
    """Return the entry that a draft becomes at the end of a chain; `prev` is GENESIS for the first."""
    unhashed = Entry(
        seq=seq,
        kind=draft.kind,
        event_time=draft.event_time,
        recorded_at=recorded_at,
        stamp=_as_stored(stamp),
        body=draft.body,
        note=draft.note,
        prev=prev,
        hash="",
        note_hash=note_hash(salt, draft.note),
        clock_flag=clock_flag,
        batch=batch,
        n_in_batch=n_in_batch,
        source_key=draft.source_key,
        occurrence=occurrence,
    )
    return unhashed.with_hash(row_hash(stored_row(unhashed)))


def _as_stored(stamp: Stamp) -> Stamp:
    """Return the stamp as it will be read back: rounded to 1e-8, None where unknown."""
    spx, vix, edr = (float_from_e8(float_to_e8(value)) for value in (stamp.spx, stamp.vix, stamp.edr_pct))
    return Stamp(spx, vix, edr, stamp.rung, stamp.playbook_hash)
