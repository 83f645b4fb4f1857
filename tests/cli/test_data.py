"""Does `data` list, take back and say what is odd? The command itself, on a journal in a folder of its own."""

import json
from pathlib import Path

import pytest

from cli.main import main
from tests.core.market.exchange import real_file

VIX = "Date,Open,High,Low,Close\n2018-02-01,14,15,13,14\n2018-02-02,14,18,14,17\n2018-02-03,17,17,17,17\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))


def run(capsys: pytest.CaptureFixture[str], journal: Path, *words: str, code: int = 0) -> dict:
    assert main(["--journal", str(journal), "--json", *words]) == code
    said = capsys.readouterr()
    return json.loads(said.out) if code == 0 else {"refused": said.err}


def test_imports_are_listed_checked_and_taken_back(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    journal, file = tmp_path / "journal.db", tmp_path / "VIX.csv"
    file.write_text(VIX, encoding="utf-8")
    run(capsys, journal, "import", str(file))
    file.write_text(VIX.replace("18,14,17", "18,14,16"), encoding="utf-8")
    run(capsys, journal, "import", "--replace", str(file))

    listed = run(capsys, journal, "data", "imports")["imports"]
    assert [(one["batch"], one["file"], one["rows"]) for one in listed] == [(1, "VIX.csv", 1), (2, "VIX.csv", 1)]
    found = run(capsys, journal, "data", "check", "--symbol", "VIX")
    assert [(one["day"], one["kind"]) for one in found["findings"]] == [("2018-02-03", "closed_day")]
    assert found["counts"]["closed_day"] == 1

    assert "import 2 (1 rows) wrote over" in run(capsys, journal, "data", "undo", "1", code=1)["refused"]
    undone = run(capsys, journal, "data", "undo")
    assert (undone["batch"], undone["removed"], undone["restored"]) == (2, 0, 1)
    assert run(capsys, journal, "status", "--as-of", "2018-02-02")["vix"]["value"] == 17.0
    run(capsys, journal, "data", "undo", "1")
    assert run(capsys, journal, "data", "imports") == {"imports": []}
    assert run(capsys, journal, "status", "--as-of", "2018-02-02")["vix"]["value"] is None


def test_events_come_in_by_kind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    journal, file = tmp_path / "journal.db", tmp_path / "dates.csv"
    file.write_text("date\n2018-01-31\n2018-03-21\n", encoding="utf-8")
    assert "name the kind" in run(capsys, journal, "import", str(file), code=1)["refused"]
    assert not journal.exists()
    (said,) = run(capsys, journal, "import", "--symbol", "FOMC", str(file))["files"]
    assert (said["events"]["kinds"], said["result"]["new"], said["result"]["batch"]) == (["FOMC"], 2, 1)
    (again,) = run(capsys, journal, "import", "--symbol", "FOMC", str(file))["files"]
    assert (again["result"]["new"], again["result"]["same"], again["written"]) == (0, 2, False)
    assert run(capsys, journal, "data", "imports")["imports"][0]["symbols"] == ["FOMC"]
    fomc = run(capsys, journal, "status", "--as-of", "2018-03-14")["measures"]["events"][0]
    assert (fomc["kind"], fomc["next"], fomc["sessions"], fomc["last"]["day"]) == (
        "FOMC",
        "2018-03-21",
        5,
        "2018-01-31",
    )


@pytest.mark.parametrize("words", [("undo",), ("undo", "3"), ("check",), ("imports",)])
def test_without_a_journal_none_is_begun(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    journal = tmp_path / "journal.db"
    assert "there is no journal" in run(capsys, journal, "data", *words, code=1)["refused"]
    assert not journal.exists()


def test_the_text_sums_up_and_names_stretches(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    run(capsys, journal, "import", str(real_file("breadth/breadth_sp500_2016_2019.csv")))
    run(capsys, journal, "import", str(real_file("breadth/breadth_sp500_2020.csv")))
    assert main(["--journal", str(journal), "data", "check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "BREADTH:SP500  missing session, 225: left as a gap: what needs it is unknown",
        "    2019-02-28 to 2020-01-17, 225 sessions",  # 213 left of 2019 and 12 of 2020
    ]


def test_a_clean_journal_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    journal, file = tmp_path / "journal.db", tmp_path / "VIX.csv"
    file.write_text("\n".join(VIX.splitlines()[:3]) + "\n", encoding="utf-8")
    run(capsys, journal, "import", str(file))
    assert main(["--journal", str(journal), "data", "check"]) == 0
    assert capsys.readouterr().out == "nothing odd was found\n"
    assert main(["--journal", str(journal), "data", "imports"]) == 0
    assert "VIX.csv: bars, VIX, 2 rows" in capsys.readouterr().out


def test_what_is_stored_is_listed_with_its_gaps(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    journal, file = tmp_path / "journal.db", tmp_path / "VIX.csv"
    file.write_text(VIX.replace("2018-02-02", "2018-02-06"), encoding="utf-8")
    run(capsys, journal, "import", str(file))
    (line,) = run(capsys, journal, "data", "list")["stored"]
    assert line == {
        "symbol": "VIX",
        "interval": "1d",
        "source": "csv",
        "rows": 2,
        "first": "2018-02-01",
        "last": "2018-02-06",
        "gaps": 2,  # the 2nd and the 5th
    }
    assert main(["--journal", str(journal), "data", "list"]) == 0
    assert capsys.readouterr().out.endswith("2 rows, 2018-02-01 to 2018-02-06, 2 missing from csv\n")
