"""The long run of the fault tests: `python -m tests.fuzz --runs 1000000 --layout cboe-chain`."""

from __future__ import annotations

import argparse
import time

from core.parsing.registry import LAYOUTS
from tests.core.market.exchange import calendar
from tests.core.parsing.mutation import run


def main() -> None:
    """Try damaged files of one layout or of all, and print how many were read and refused."""
    names = [layout.name for layout in LAYOUTS]
    parser = argparse.ArgumentParser("tests.fuzz", description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000, help="files for each layout")
    parser.add_argument("--layout", choices=names, action="append", help="a layout; repeat it (default: all)")
    parser.add_argument("--start", type=int, default=20180205, help="another number tries other files")
    args = parser.parse_args()
    calendar()
    for name in args.layout or names:
        began = time.perf_counter()
        counts = run(name, args.runs, args.start)
        each = (time.perf_counter() - began) / args.runs * 1000
        read, refused, slowest = (counts[key] for key in ("read", "refused", "slowest_ms"))
        told = f"{name:20s} {read:9,} read {refused:9,} refused, {each:.2f} ms each, slowest {slowest} ms"
        print(told)  # noqa: T201 - a command


if __name__ == "__main__":
    main()
