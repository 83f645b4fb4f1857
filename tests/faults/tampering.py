"""G18: is every edit of an exported log found, and a journal rewritten as a whole by the receipt that was kept?"""

from __future__ import annotations

import itertools
import json
import random
import tempfile
from contextlib import closing
from pathlib import Path

from db.exports.formats import LogFormat
from db.journal_store import create_journal
from resources import check_journal
from tests.core.journal.desk import MORNING
from tests.db.exports.handed import handed_of
from tests.db.exports.test_json_log import EDITS_OF, Log, _rewritten
from tests.db.ledger import Ledger, fill_with_all_kinds
from tests.faults.kit import SOUND, Figures, timed

MUTANT = "chain_alone"
KEPT = 9
REWRITES, CUTS = "rewritten as a whole", "tail cut or rolled back"


def run(runs: int, seed: int = 14, build: str = SOUND) -> Figures:
    """Change an exported log `runs` times: cells, entries, order, notes, sums, its tail, all of it."""
    figures, chance = Figures("tampering", build), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        with closing(create_journal(Path(folder, "journal.db"), MORNING)) as connection:
            ledger = Ledger(connection)
            fill_with_all_kinds(ledger)
            whole = handed_of(ledger).text(LogFormat.JSON)
        log: Log = json.loads(whole)
        receipt = {"sequence": KEPT, "hash": log["chain"][KEPT - 1]["hash"]}
        figures.more = dict.fromkeys([*(edit.__name__ for edit in EDITS_OF), REWRITES, CUTS], 0)
        while figures.runs < runs:
            name, edited = _edited(json.loads(whole), chance)
            if json.dumps(edited) == json.dumps(log):
                continue
            figures.runs += 1
            figures.more[name] += 1
            if not _faults(edited, receipt, build):
                figures.damaged += 1
                figures.fail(f"{name}: not found")
    return figures


def _edited(log: Log, chance: random.Random) -> tuple[str, Log]:
    choice = chance.randrange(len(EDITS_OF) + 2)
    if choice < len(EDITS_OF):
        EDITS_OF[choice](log, chance)
        return EDITS_OF[choice].__name__, log
    if choice == len(EDITS_OF):
        return REWRITES, _rewritten(log)
    left = chance.randrange(1, KEPT)
    log["chain"], log["rows"] = log["chain"][:left], log["rows"][:left]
    return CUTS, log


def _faults(log: Log, receipt: dict[str, object], build: str) -> list[str]:
    """Return what is found; a broken build looks at the links alone and keeps no receipt."""
    if build == MUTANT:
        entries = log["chain"]
        return ["a link" for one, after in itertools.pairwise(entries) if after["prev"] != one["hash"]]
    return [*check_journal.faults_of(log), *check_journal.receipt_faults(log, receipt)]
