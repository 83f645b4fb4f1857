"""Which bytes are a text? What users drop by mistake, refused by name in one line."""

import gzip
import hashlib
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from db import file_text
from db.file_text import ImportRefusedError, read_file


def put(folder: Path, data: bytes, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_plain_text_is_read_with_its_hash(tmp_path: Path) -> None:
    data = b"DATE,VIX\r\n02/05/2018,37.32\r\n"
    found = read_file(put(tmp_path, data))
    assert (found.name, found.text) == ("x.csv", data.decode())
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_the_byte_order_mark_is_taken_off(tmp_path: Path) -> None:
    assert read_file(put(tmp_path, "DATE,VIX\n".encode("utf-8-sig"))).text == "DATE,VIX\n"


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("sheet.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped(), "x.csv: this is a ZIP file, not an Excel workbook: unpack it first"),
        (gzip.compress(b"DATE,VIX\n"), "x.csv: this is a compressed file"),
        ("DATE,VIX\n".encode("utf-16"), "x.csv: this is UTF-16 text"),
        (b"%PDF-1.7\n", "x.csv: this is a PDF"),
        ("DATE,VIX\n02/05/2018,37.32\nM\u00e1ximo\n".encode("cp1252"), "x.csv: line 3: byte 0xE1 is not UTF-8"),
    ],
    ids=["zip", "gzip", "utf-16", "pdf", "cp1252"],  # compressed bytes hold the time: no names to agree on
)
def test_what_is_no_text_is_refused_by_its_kind(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(ImportRefusedError, match=words):
        read_file(put(tmp_path, data))


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match=r"none\.csv: No such file"):
        read_file(tmp_path / "none.csv")
    with pytest.raises(ImportRefusedError, match="not a file"):
        read_file(tmp_path)
    with pytest.raises(ImportRefusedError):
        read_file(tmp_path / "a\0b")


def test_a_name_with_a_line_end_stays_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError) as refusal:
        read_file(put(tmp_path, b"%PDF", "a\nb\x1b[31m.csv"))
    assert str(refusal.value).startswith("a?b?[31m.csv: ")


def test_a_file_above_the_cap_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(file_text.MAX_BYTES + 1)
    with pytest.raises(ImportRefusedError, match=r"big\.csv: larger than 200 MB"):
        read_file(path)


BOMB = 30_000_000
HEADER = b"DATE,OPEN,HIGH,LOW,CLOSE\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x" * BOMB, "line 1: a line of more than 20,000 characters"),
        (HEADER + b"," * BOMB, "line 2: a line of more than 20,000 characters"),
        (HEADER + b'"' * BOMB, "line 2: a line of more than 20,000 characters"),
        (b",".join([b"c"] * (BOMB // 2)), "line 1: a line of more than 20,000 characters"),
        (HEADER + b"\0" * BOMB, "line 2: a NUL character"),
        (HEADER + b'"x\n' * (BOMB // 3), "a quote is not closed; and so more than 10,000 rows"),
        (HEADER + b",,,,\n" * (BOMB // 5), "more than 5,000,000 lines"),
    ],
    ids=["one line", "commas", "quotes", "columns", "nul", "open quotes", "rows"],
)
def test_a_bomb_is_refused_before_it_is_held_in_memory(tmp_path: Path, data: bytes, words: str) -> None:
    path = put(tmp_path, data)
    tracemalloc.start()
    try:
        with pytest.raises(ImportRefusedError, match=words):
            read_file(path)
        assert tracemalloc.get_traced_memory()[1] < BOMB / 10
    finally:
        tracemalloc.stop()


def test_a_long_line_of_xml_is_left_to_its_reader(tmp_path: Path) -> None:
    data = b"<FlexQueryResponse>" + b"<Trade />" * 20_000
    assert read_file(put(tmp_path, data, "flex.xml")).text == data.decode()
