"""Does every real file come in with all its rows, or is it refused in words? Rows beside the lines of the file."""

from __future__ import annotations

import pytest

from tests.core.market.exchange import DATA
from tests.files import Outcome, outcomes

NO_ROWS = {  # lines that are not blank and no rows: one header, but for
    "futures/cfe/CFE_F15_VX.csv": 2,  # a disclaimer
    "futures/cfe/CFE_X14_VX.csv": 2,
    "options/spx_quotedata_2022-03-23_es.csv": 3,  # the index, the date
    "options/spx_quotedata_2023-09-01.csv": 3,
    "quirks/ecb_eurusd_dot_missing.csv": 7,  # four lines more about the series above, two below
}
REFUSED = {
    "README.md": "no known layout: the header line is",
    "nyse_holidays_early_closes_2004_2027.csv": "this is a list of exchange holidays; the program has",
}


@pytest.fixture(scope="module")
def found() -> dict[str, Outcome]:
    if not DATA.is_dir():
        pytest.skip("the shared data files are not here")
    return outcomes(DATA)


def test_no_row_of_any_market_file_is_dropped(found: dict[str, Outcome]) -> None:
    taken = {name: one for name, one in found.items() if not one.refusal}
    assert len(taken) >= 37
    for name, one in taken.items():
        lines = [line for line in (DATA / name).read_text("utf-8-sig").splitlines() if line.strip()]
        assert one.rows == len(lines) - NO_ROWS.get(name, 1), name
        assert sum(one.counts) == one.rows, name
        assert one.counts[0] > 0.2 * one.rows, name
        assert one.symbols, name


def test_what_is_refused_is_refused_for_what_it_is(found: dict[str, Outcome]) -> None:
    refused = {name: one.refusal for name, one in found.items() if one.refusal and not name.startswith("broker/")}
    assert refused.keys() == REFUSED.keys()
    for name, words in REFUSED.items():
        assert refused[name].startswith(words)
