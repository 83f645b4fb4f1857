"""The trial on real files: a book opened in January 2018, walked to March, with every proposal and its reason."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.shell import Shell
from tests.flow import real_market as real

if TYPE_CHECKING:
    from pathlib import Path

DAYS = (
    "2018-01-26",
    "2018-01-29",
    "2018-02-02",
    "2018-02-05",
    "2018-02-08",
    "2018-02-09",
    "2018-02-12",
    "2018-02-14",
)
"""A quiet close, VIX far from its mean, the last before the spike, the spike, after it, a steeper curve known."""


def rates() -> list[Path]:
    folder = real.paths()[0].parents[1]
    return [path for name in ("DGS2.csv", "DGS3MO.csv", "DGS10.csv") for path in folder.rglob(name)]


def book_of(shell: Shell) -> None:
    shell.done("account", "--equity", "250000", "--cash", "200000", "--notional", "400000", "--at", "2018-01-19")
    wings = ("--puts", "2650/2700", "--calls", "2900/2950", "--credit", "9.40", "--fees", "52.80")
    shell.done("condor", "open", "--expiry", "2018-02-16", "--quantity", "10", *wings, "--at", "2018-01-22")
    shell.done("layer", "open", "1", "--leg", "+4 VIX 2018-02-14 C 15 @ 0.85", "--at", "2018-01-24T10:30")


@pytest.fixture(scope="module")
def shell(trial_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("walk") / "journal.db")
    shell.done("import", *real.paths(), *rates())
    book_of(shell)
    return shell


@pytest.fixture(scope="module")
def walked(shell: Shell) -> dict[str, Any]:
    return {day: shell.json("tickets", "--as-of", day) for day in DAYS}


def keys(found: dict[str, Any]) -> list[str]:
    return [one["key"] for one in found["proposals"]]


def says(found: dict[str, Any], key: str) -> str:
    return next(row["says"] for row in found["situations"] if row["key"] == key)


def test_each_day_is_read_at_its_own_close(walked: dict[str, Any]) -> None:
    assert {day: found["day"] for day, found in walked.items()} == {day: day for day in DAYS}


def test_a_walk_over_every_close_says_what_each_day_says(shell: Shell, walked: dict[str, Any]) -> None:
    found = {
        one["day"]: one for one in shell.json("tickets", "--from", "2018-01-22", "--to", "2018-02-14")["closes"]
    }
    assert [*found] == [day for day in real.spx() if "2018-01-22" <= day <= "2018-02-14"]
    for day, looked in walked.items():
        assert keys(found[day]) == keys(looked)
        assert found[day]["situations"] == looked["situations"]
    told = shell.done("tickets", "--from", "2018-02-05", "--to", "2018-02-05").out
    assert told.startswith("2018-02-05  roll layer 1 to the next month: innermost layer first: VIX z +4.03")
    assert "--from and --to" in shell.misused("tickets", "--from", "2018-02-05")


def test_the_quiet_day_proposes_nothing_but_the_last_resort(walked: dict[str, Any]) -> None:
    assert keys(walked["2018-01-26"]) == ["exit_all:all"]


@pytest.mark.parametrize("day", ["2018-01-29", "2018-02-02", "2018-02-05", "2018-02-08"])
def test_vix_far_above_its_mean_rolls_the_innermost_layer(walked: dict[str, Any], day: str) -> None:
    vix = [value for on, value in real.index("VIX").items() if on <= day][-20:]
    mean = sum(vix) / 20
    spread = (sum((one - mean) ** 2 for one in vix) / 19) ** 0.5
    assert (vix[-1] - mean) / spread >= 1.5
    assert keys(walked[day])[0] == "innermost:L1"
    closed, opened = walked[day]["proposals"][0]["ticket"]
    assert closed.startswith("L1 -4 VIX 2018-02-14 C 15 @ ")
    assert opened.startswith("L1 +4 VIX 2018-03-21 C ")


def test_the_standing_layer_that_was_asked_for_on_the_29th_was_not_rolled_so_it_is_asked_for_again(
    walked: dict[str, Any],
) -> None:
    since = {
        day: next(row["since"] for row in walked[day]["situations"] if row["key"] == "innermost") for day in DAYS
    }
    assert since["2018-01-29"] == "2018-01-29"
    assert since["2018-02-08"] == "2018-02-02"
    assert since["2018-02-14"] is None


def test_the_curve_that_steepened_by_the_ninth_was_known_on_the_twelfth_of_february(
    walked: dict[str, Any],
) -> None:
    assert steepened_bp("2018-02-08") < 25 <= steepened_bp("2018-02-09")
    assert says(walked["2018-02-09"], "exit_rule_two") == "off", "the yields of a day come out after its close"
    assert says(walked["2018-02-12"], "exit_rule_two") == "on"
    assert "exit_rule_two:L1" in keys(walked["2018-02-12"])


def steepened_bp(day: str) -> float:
    """Return how far 10-year less 2-year or 3-month yields rose in ten sessions, the larger, off the files."""
    two, three, ten = (_column(path) for path in sorted(rates(), key=_term))
    sessions = [on for on in real.spx() if on <= day]
    rises = []
    for short in (two, three):
        now, then = (float(ten[on]) - float(short[on]) for on in (sessions[-1], sessions[-11]))
        rises.append(round((now - then) * 100, 6))
    return max(rises)


def _column(path: Path) -> dict[str, str]:
    with path.open(newline="", encoding="utf-8") as file:
        return {row[0]: row[1] for row in csv.reader(file)}


def _term(path: Path) -> int:
    return ["DGS2.csv", "DGS3MO.csv", "DGS10.csv"].index(path.name)


def test_without_announced_numbers_the_first_exit_rule_is_unknown_not_off(walked: dict[str, Any]) -> None:
    assert says(walked["2018-02-05"], "exit_rule_one") == "unknown"


def test_a_market_that_ends_at_the_spike_proposes_the_same(
    walked: dict[str, Any], tmp_path: Path, trial_home: Path
) -> None:
    """No look-ahead: files cut after 2018-02-05 give the advice that the whole files give of that day."""
    shell = Shell(tmp_path / "journal.db")
    copies = [cut(path, tmp_path / "cut") for path in (*real.paths(), *rates())]
    shell.done("import", *[copy for copy in copies if len(copy.read_text("utf-8").splitlines()) > 1])
    book_of(shell)
    short = shell.json("tickets", "--as-of", "2018-02-05")
    assert short["situations"] == walked["2018-02-05"]["situations"]
    assert short["proposals"] == walked["2018-02-05"]["proposals"]


def cut(path: Path, folder: Path) -> Path:
    """Copy a file without the rows after 2018-02-05, however its dates are written."""
    folder.mkdir(exist_ok=True)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    (folder / path.name).write_text("".join(line for line in lines if day_of(line) <= "2018-02-05"), "utf-8")
    return folder / path.name


def day_of(line: str) -> str:
    first = line.split(",", maxsplit=1)[0].strip()
    if len(first) == 10 and first[2] == first[5] == "/":
        return f"{first[6:]}-{first[:2]}-{first[3:5]}"
    return first if len(first) == 10 and first[4] == "-" else ""
