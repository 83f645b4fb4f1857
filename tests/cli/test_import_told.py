"""What can be said about a file by command? Its zone, its day, its columns, which are kept for its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shell import Shell

BARS = "datetime,open,high,low,close\n2018-02-05 10:00:00,1,2,1,2\n2018-02-05 10:01:00,2,3,2,3\n"
SETTLEMENTS = "Product,Symbol,Expiration Date,Price\nVX,VX/G8,2018-02-14,33.225\n"
OWN = "Tag;Schluss\n05.02.2018;37,32\n"


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_bars_need_a_zone(empty: Shell, tmp_path: Path) -> None:
    path = put(tmp_path, "VIX_bars.csv", BARS)
    assert "name it with --zone" in empty.refused("import", path)
    assert "is not a time zone" in empty.refused("import", path, "--zone", "Mars")
    (report,) = empty.json("import", path, "--zone", "Chicago")["files"]
    assert [(one["interval"], one["first"], one["new"]) for one in report["series"]] == [
        ("1min", "2018-02-05T16:00:00", 2)
    ]


def test_settlements_need_a_day_and_are_never_of_today(empty: Shell, tmp_path: Path) -> None:
    path = put(tmp_path, "vx.csv", SETTLEMENTS)
    assert "give it with --date" in empty.refused("import", path)
    (report,) = empty.json("import", path, "--date", "2018-02-05")["files"]
    assert [(one["symbol"], one["first"]) for one in report["series"]] == [("VX:2018-02-14", "2018-02-05")]
    named = put(tmp_path, "settlement_2018-02-05.csv", SETTLEMENTS)
    assert empty.json("import", named)["files"][0]["result"]["same"] == 1


def test_columns_that_were_named_once_are_known_by_their_header(empty: Shell, tmp_path: Path) -> None:
    path = put(tmp_path, "VIX_a.csv", OWN)
    assert "no known layout" in empty.refused("import", path)
    (first,) = empty.json("import", path, "--map", "date=Tag,close=Schluss")["files"]
    assert (first["layout"], first["result"]["new"]) == ("own-columns", 1)
    other = put(tmp_path, "VIX_b.csv", OWN + "06.02.2018;29,98\n")
    (second,) = empty.json("import", other)["files"]
    assert (second["layout"], second["result"]["new"], second["result"]["same"]) == ("own-columns", 1, 1)
    assert "is no column mapping" in empty.refused("import", other, "--map", "Tag")
