"""`python3 run.py bench`: start, frame, quote, playbook, valuation, import, export; beside floor, peer or goal."""

from __future__ import annotations

import sys

from benchmarks import (
    export_log,
    frame,
    import_rows,
    journal,
    playbook,
    quote_to_screen,
    risk_picture,
    start,
    valuation,
)

BENCHMARKS = {
    "start": start.run,
    "frame": frame.run,
    "quote": quote_to_screen.run,
    "playbook": playbook.run,
    "risk": risk_picture.run,
    "valuation": valuation.run,
    "import": import_rows.run,
    "export": export_log.run,
    "journal": journal.run,
}


def main(words: list[str]) -> int:
    """Run the benchmarks that are named, all of them where none is; 2 for a name that is none."""
    unknown = [word for word in words if word not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}: name some of {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    for name in words or BENCHMARKS:
        print("\n".join(BENCHMARKS[name]()), flush=True)
    return 0


raise SystemExit(main(sys.argv[1:]))
