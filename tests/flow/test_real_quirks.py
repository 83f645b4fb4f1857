"""The trial on real files: does none of their quirks give a wrong number, and is the log exact?"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.flow import real_market as real

if TYPE_CHECKING:
    from tests.cli.shell import Shell


def test_the_chain_holds_and_the_sums_are_exact(trial: Shell) -> None:
    assert trial.json("verify")["ok"]
    rows = list(csv.DictReader(io.StringIO(trial.done("log", "--format", "csv").out)))
    cash = [Decimal(row["cash"]) for row in rows if row["cash"]]
    fees = [Decimal(row["fees"]) for row in rows if row["fees"]]
    assert sum(cash) == Decimal(9400) - 340 - 130 + Decimal(4244) + 0 + 410 + 5700 + 4300 - 630
    assert sum(fees) == Decimal("58.95")
    assert [row["spx"] for row in rows if row["kind"] == "condor_opened"] == [
        f"{real.spx()['2018-01-22']:.8f}".rstrip("0"),
        f"{real.spx()['2020-03-06']:.8f}".rstrip("0"),
    ]


def test_a_second_import_adds_nothing(trial: Shell) -> None:
    before = trial.json("status", "--as-of", "2018-02-05")
    assert [one["result"]["new"] for one in trial.json("import", *real.paths())["files"]] == [0] * 8
    assert trial.json("status", "--as-of", "2018-02-05") == before


@pytest.fixture(scope="module")
def vix_report(trial: Shell) -> dict[str, Any]:
    (report,) = trial.json("import", "--dry-run", real.paths()[1])["files"]
    found: dict[str, Any] = report
    return found


def test_a_day_the_exchange_was_shut_is_set_aside(vix_report: dict[str, Any], trial: Shell) -> None:
    (aside,) = [fate for fate in vix_report["fates"] if fate["fate"] == "set_aside"]
    assert aside["day"] == "2004-06-11"
    assert "2004-06-11" in real.index("VIX")
    assert "2004-06-11" not in real.spx()
    assert trial.json("status", "--as-of", "2004-06-11")["vix"]["value"] == real.index("VIX")["2004-06-10"]


def test_missing_sessions_are_listed_and_unknown_on_their_day(vix_report: dict[str, Any], trial: Shell) -> None:
    missing = ["1991-03-01", "1997-01-31", "1997-11-26", "1999-12-31"]
    assert (
        vix_report["missing_sessions"]
        == missing
        == [day for day in real.sessions() if day not in real.index("VIX")]
    )
    for day in missing:
        found = trial.json("status", "--as-of", day)
        assert found["spx"]["value"] == real.spx()[day]
        for path in ("vix.value", "edr.value_pct", "ladder.rung", "vix_indicators.rsi14", "vix_indicators.sma20"):
            head, name = path.split(".")
            assert found[head][name] is None, (day, path)
            assert f"{day} has closed since and is missing" in found["unknown"][path]
        assert all(layer["trigger"] == "unknown" for layer in found["layers"])


def test_a_broken_range_keeps_its_close(vix_report: dict[str, Any], trial: Shell) -> None:
    broken = [fate for fate in vix_report["fates"] if fate["fate"] == "flagged"]
    assert len(broken) == 47
    (fate,) = [fate for fate in broken if fate["day"] == "2004-11-08"]
    assert "open 2.58 is below the low" in fate["reason"]
    assert trial.json("status", "--as-of", "2004-11-08")["vix"]["value"] == real.index("VIX")["2004-11-08"]


def test_before_vix9d_vix_stands_in_and_is_named(trial: Shell) -> None:
    found = trial.json("status", "--as-of", "2008-10-10")
    assert found["edr"]["value_pct"] == pytest.approx(real.edr("2008-10-10"), rel=1e-12)
    assert found["edr"]["note"] == "VIX stands in for VIX9D, which has no value for the day"
    assert found["edr"]["inputs"][0]["value"] == real.index("VIX")["2008-10-10"]
