"""Can a stranger recompute every hash from the description alone, and does each field count?"""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.journal.chain import GENESIS, HASHED_FIELDS, link, note_hash, row_hash, stored_row
from core.journal.entry import Draft, Entry, EntryKind, Stamp

AT = datetime(2018, 2, 5, 21, 0, tzinfo=UTC)
STAMP = Stamp(2648.94, 37.32, 1.1, 5, "cafe")
DRAFT = Draft(EntryKind.NOTE_WRITTEN, AT, {"condor": None, "layer": 2}, "sold, ouch", "file:7")


def entry(**changed: object) -> Entry:
    usual = {"seq": 7, "prev": "ab" * 32, "recorded_at": AT + timedelta(seconds=1), "salt": "00ff"}
    return link(DRAFT, STAMP, **usual | changed)


def test_the_hash_is_what_the_description_says() -> None:
    fields = {
        "seq": 7,
        "kind": "note_written",
        "event_time": "2018-02-05T21:00:00Z",
        "recorded_at": "2018-02-05T21:00:01Z",
        "clock_flag": 0,
        "batch": "",
        "n_in_batch": 0,
        "source_key": "file:7",
        "occurrence": 0,
        "spx_e8": 264894000000,
        "vix_e8": 3732000000,
        "edr_pct_e8": 110000000,
        "rung": 5,
        "playbook_hash": "cafe",
        "body": '{"condor":null,"layer":2}',
        "note_hash": hashlib.sha256(b"00ff\0sold, ouch").hexdigest(),
        "prev": "ab" * 32,
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    expected = hashlib.sha256(b"condor-watch-entry-v1\0" + b"ab" * 32 + b"\0" + text.encode()).hexdigest()
    made = entry()
    assert made.hash == expected
    assert stored_row(made) == fields | {"hash": expected}
    assert set(fields) == set(HASHED_FIELDS)


@pytest.mark.parametrize("name", HASHED_FIELDS)
def test_every_field_counts(name: str) -> None:
    row = stored_row(entry())
    before = row_hash(row)
    value = row[name]
    row[name] = value + 1 if isinstance(value, int) else f"{value}x"
    assert row_hash(row) != before


def test_a_note_is_bound_by_its_salted_hash_only() -> None:
    made = entry()
    assert "sold" not in json.dumps(stored_row(made))
    assert row_hash(stored_row(replace(made, note=""))) == made.hash
    assert entry(salt="0100").note_hash != made.note_hash
    assert note_hash("00ff", "") == ""


def test_the_stamp_is_kept_as_it_will_be_read_back() -> None:
    stamp = Stamp(float("nan"), 1 / 3, None, None, "x")
    made = link(DRAFT, stamp, seq=1, prev=GENESIS, recorded_at=AT)
    assert made.stamp == Stamp(None, 0.33333333, None, None, "x")
    assert len(GENESIS) == 64
