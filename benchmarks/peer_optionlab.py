"""How long does optionlab take for condors given as JSON? Runs in the environment of the peers."""

import json
import sys
from importlib.metadata import version
from time import perf_counter

from optionlab import run_strategy

WIDEST = 0.2


def asked(condor: dict, spx: float, rate: float) -> dict:
    """Return one condor as optionlab wants it."""
    return {
        "stock_price": spx,
        "volatility": condor["volatility"],
        "interest_rate": rate,
        "min_stock": spx * (1 - WIDEST),
        "max_stock": spx * (1 + WIDEST),
        "days_to_target_date": condor["days"],
        "discard_nonbusiness_days": False,
        "strategy": condor["legs"],
        "calculations": ["pop", "greeks"],  # it finds the break-evens on the way to the first,
    }


def main() -> None:
    """Answer on standard output: the seconds, and the break-evens of each condor."""
    given = json.load(sys.stdin)
    questions = [asked(condor, given["spx"], given["rate"]) for condor in given["condors"]]
    run_strategy(questions[0])
    start = perf_counter()
    answers = [run_strategy(question) for question in questions]
    seconds = perf_counter() - start
    roots = [[float(edge) for low_high in one.profit_ranges for edge in low_high] for one in answers]
    print(json.dumps({"version": version("optionlab"), "seconds": seconds, "roots": roots}))


main()
