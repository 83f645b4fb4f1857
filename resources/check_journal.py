"""Does an exported hedge log prove itself? Needs Python 3.10 or newer, this file and the JSON, nothing else.

    python3 check_journal.py hedge-log.json [receipt.json]

The format is described in docs/log-format.md. Exit code: 0 all holds, 1 something does not, 2 the file cannot be
read. The log is tamper-evident, not more: whoever owns a journal can write all of it anew, and only a receipt that
was kept elsewhere shows that.
"""
# ruff: noqa: T201 - it stands alone and talks to the user

from __future__ import annotations

import json
import sys
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Record = dict[str, Any]

DOMAIN, GENESIS = "condor-watch-entry-v1", "0" * 64
HASHED = (
    *("seq", "kind", "event_time", "recorded_at", "clock_flag", "batch", "n_in_batch", "source_key", "occurrence"),
    *("spx_e8", "vix_e8", "edr_pct_e8", "rung", "playbook_hash", "body", "note_hash", "prev"),
)


def entry_hash(entry: Record) -> str:
    """Return the hash that the stored fields of an entry have: of the domain, `prev` and their canonical JSON."""
    fields = {name: entry[name] for name in HASHED}
    text = json.dumps(fields, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return sha256("\0".join((DOMAIN, entry["prev"], text)).encode("ascii")).hexdigest()


def chain_faults(log: Record) -> Iterator[str]:
    """Yield what is wrong with the chain: hashes, links, numbers, and the head of a log that is whole."""
    before: Record | None = None
    for entry in log["chain"]:
        if entry_hash(entry) != entry["hash"]:
            yield f"entry {entry['seq']}: its fields do not have its hash"
        if entry["seq"] == 1 and entry["prev"] != GENESIS:
            yield "entry 1: something came before it"
        if before is not None and entry["seq"] <= before["seq"]:
            yield f"entry {entry['seq']}: out of order"
        if before is not None and entry["seq"] == before["seq"] + 1 and entry["prev"] != before["hash"]:
            yield f"entry {entry['seq']}: does not follow from the entry before it"
        before = entry
    receipt = log["receipt"]
    if log["is_whole"]:
        if [entry["seq"] for entry in log["chain"]] != list(range(1, log["entries"] + 1)):
            yield "the log says that it is whole, but entries are missing"
        if before is not None and (before["seq"], before["hash"]) != (receipt["sequence"], receipt["hash"]):
            yield "the last entry is not the one of the log's own receipt"


def note_faults(log: Record) -> Iterator[str]:
    """Yield the notes whose text is not what the chain holds the hash of; an erased note has no text."""
    kept = {note["seq"]: note for note in log["notes"]}
    shown = {row["sequence"]: row for row in log["rows"] if "sequence" in row}
    for entry in log["chain"]:
        note = kept.pop(entry["seq"], {"salt": "", "text": ""})
        found = sha256(f"{note['salt']}\0{note['text']}".encode()).hexdigest() if note["text"] else ""
        if note["text"] and found != entry["note_hash"]:
            yield f"entry {entry['seq']}: its note is not the one that was written"
        if shown.get(entry["seq"], {}).get("note", note["text"]) != note["text"]:
            yield f"entry {entry['seq']}: the row shows another note"
    yield from (f"a note belongs to entry {seq}, which is not here" for seq in kept)


def amount(body: Record, name: str) -> Decimal | None:
    """Return the dollars that a body moved, kept as integers of 1e-8; None where it moved none: it has no fees."""
    return Decimal(body[name]).scaleb(-8) if "fees_e8" in body else None


def row_faults(log: Record) -> Iterator[str]:
    """Yield the rows that say something else than the entry they are of."""
    if len(log["rows"]) != len(log["chain"]):
        yield f"{len(log['rows'])} rows are shown of {len(log['chain'])} entries"
    for row, entry in zip(log["rows"], log["chain"], strict=False):
        body = json.loads(entry["body"])
        said = {"sequence": entry["seq"], "kind": entry["kind"], "time": entry["recorded_at"]}
        said.update(event_time=entry["event_time"], entry_hash=entry["hash"], playbook_hash=entry["playbook_hash"])
        said.update(layer=body.get("layer"), condor=body.get("condor"), rung=entry["rung"])
        for name in (name for name in said if name in row and row[name] != said[name]):
            yield f"entry {entry['seq']}: the row says {name} {row[name]!r}, the entry {said[name]!r}"
        for name in (name for name in ("cash", "fees") if name in row):
            found = None if row[name] is None else Decimal(row[name])
            if found != amount(body, name + "_e8"):
                yield f"entry {entry['seq']}: the row says {name} {row[name]}, the entry something else"


def total_faults(log: Record) -> Iterator[str]:
    """Yield the sums that the entries do not add up to, by condors, by layer, and together."""
    sums: dict[str, list[Any]] = {"Together": [len(log["chain"]), Decimal(0), Decimal(0)]}
    for entry in log["chain"]:
        body = json.loads(entry["body"])
        cash, fees = amount(body, "cash_e8"), amount(body, "fees_e8")
        if cash is not None and fees is not None:
            layer = body.get("layer")
            own = sums.setdefault("Condors" if layer is None else f"Layer {layer}", [0, Decimal(0), Decimal(0)])
            own[0] += 1
            for one in (own, sums["Together"]):
                one[1], one[2] = one[1] + cash, one[2] + fees
    told = {one["name"]: [one["rows"], Decimal(one["cash"]), Decimal(one["fees"])] for one in log["totals"]}
    if told != sums:
        yield f"the sums do not agree: told {told}, found {sums}"


def receipt_faults(log: Record, receipt: Record) -> Iterator[str]:
    """Yield why a log is not a later state of the journal that a receipt was written of."""
    found = {entry["seq"]: entry["hash"] for entry in log["chain"]}.get(receipt["sequence"])
    if found is None:
        yield f"the receipt's entry {receipt['sequence']} is not in this log"
    elif found != receipt["hash"]:
        yield f"entry {receipt['sequence']} has another hash than the receipt: it or one before it was rewritten"


def faults_of(log: Record) -> Iterator[str]:
    """Yield all that is wrong with a log; where a check itself fails, the log is damaged."""
    for check in CHECKS:
        try:
            yield from list(check(log))
        except Exception as error:  # noqa: BLE001 - whatever a damaged log does to a check is damage
            yield f"{check.__name__} cannot be checked: {type(error).__name__}: {error}"


def main(words: list[str]) -> int:
    """Check a log, print what was found, and return the exit code."""
    try:
        log, *receipts = [json.loads(Path(name).read_text(encoding="utf-8")) for name in words]
        is_ours, is_whole, count = log["format"] == "condor-watch-log-1", log["is_whole"], len(log["chain"])
        faults = list(faults_of(log)) if is_ours else ["another format"]
        faults += [fault for receipt in receipts for fault in receipt_faults(log, receipt.get("receipt", receipt))]
    except Exception as error:  # noqa: BLE001 - what is no log at all
        print(f"cannot be read: {type(error).__name__}: {error}")
        return 2
    print("\n".join(faults) or f"{count} entries hold: hashes, notes, rows and sums")
    if not is_whole:
        print(f"A selection of {log['entries']} entries: what was left out is not proved by this file.")
    return 1 if faults else 0


CHECKS = (chain_faults, note_faults, row_faults, total_faults)
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
