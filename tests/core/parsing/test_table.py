"""What does a text of cells hold? Against Python's csv module, and line numbers counted by hand."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parsing.table import MAX_COLUMNS, MAX_LINE, ParseRefusedError, cut_line, read_table, split_lines

SIMPLE = "Date,Close\n2018-02-02,17.31\n2018-02-05,37.32\n"


def test_cells_stand_by_column_with_their_lines() -> None:
    table = read_table(SIMPLE)
    assert table.header == ("Date", "Close")
    assert table.columns == (("2018-02-02", "2018-02-05"), ("17.31", "37.32"))
    assert list(table.lines) == [2, 3]
    assert table.rows == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_the_same(end: str) -> None:
    text = SIMPLE.replace("\n", end)
    assert read_table(text).columns == read_table(SIMPLE).columns
    assert list(read_table(text.rstrip()).lines) == [2, 3]


def test_blank_lines_are_no_rows_but_count_as_lines() -> None:
    table = read_table("\n \nDate,Close\n\n2018-02-02,1\n\t\n2018-02-05,2\n\n")
    assert (table.header_line, list(table.lines), table.rows) == (3, [5, 7], 2)


def test_only_line_ends_end_a_line() -> None:
    # str.splitlines would also cut at these
    assert split_lines("a\x0bb\x0cc\x1cd\x85e\u2028f\ng") == ["a\x0bb\x0cc\x1cd\x85e\u2028f", "g"]


def test_the_mark_of_a_byte_order_is_no_part_of_the_header() -> None:
    assert read_table("\ufeff" + SIMPLE).header == ("Date", "Close")


def test_quotes_are_taken_off() -> None:
    table = read_table('"Date","Close, last"\n"2018-02-02" , "1,000.5"\n2018-02-05,"a ""b"""\n')
    assert table.header == ("Date", "Close, last")
    assert table.columns == (("2018-02-02", "2018-02-05"), ("1,000.5", 'a "b"'))


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ('"2018-02-05,37.32', 1, "not closed"),
        ('2018-02-05,"37.32', 2, "not closed"),
        ('2018-02-05,3"7', 2, "not closed"),
        ('2018-02-05,"37"x', 2, "follows a closing quote"),
        ("2018-02-05", 2, "1 cells where the header has 2"),
        ("2018-02-05,1,2", 3, "3 cells where the header has 2"),
    ],
)
def test_a_row_that_cannot_be_cut_is_refused_alone(row: str, column: int, reason: str) -> None:
    table = read_table(f"Date,Close\n2018-02-01,13.47\n{row}\n2018-02-06,29.98\n")
    (refused,) = table.refused
    assert (refused.line, refused.column) == (3, column)
    assert reason in refused.reason
    assert table.columns[1] == ("13.47", "29.98")  # an open quote swallows nothing
    assert list(table.lines) == [2, 4]
    assert table.rows == 3


def test_empty_cells_past_the_header_are_dropped() -> None:
    assert read_table("Date,Close\n2018-02-02,1,,\n").columns == (("2018-02-02",), ("1",))


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("", 1, 0, "no header line"),
        ("Date,Close\n", 1, 0, "no header line"),
        ("Date,Close\n2018-02-02,1\n2018-02-05,\x002\n", 3, 2, "NUL"),
        ("Date,Close,close\n1,2,3\n", 1, 3, "twice"),
        ("\n" + "," * MAX_COLUMNS + "\n1\n", 2, MAX_COLUMNS + 1, "columns"),
        (f"Date,Close\n2018-02-02,{'1' * MAX_LINE}\n", 2, 0, "characters"),
        ('Date,"Close\n1,2\n', 1, 2, "not closed"),
    ],
)
def test_what_spoils_the_whole_file_is_refused_with_its_place(
    text: str, line: int, column: int, reason: str
) -> None:
    with pytest.raises(ParseRefusedError, match=reason) as refusal:
        read_table(text)
    assert (refusal.value.line, refusal.value.column) == (line, column)


def test_a_refusal_reads_as_one_line() -> None:
    assert str(ParseRefusedError(17, 5, "why")) == "line 17, column 5: why"
    assert str(ParseRefusedError(17, 0, "why")) == "line 17: why"
    assert str(ParseRefusedError(0, 0, "why")) == "why"


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from(',";'), max_size=12)


@given(st.lists(CELLS, min_size=2, max_size=6))
def test_a_line_written_by_the_csv_module_is_cut_as_it_was(cells: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    assert cut_line(out.getvalue(), ",") == cells


@given(st.text(st.sampled_from('ab,"'), max_size=30))
def test_any_line_is_cut_as_the_csv_module_cuts_it_or_refused(line: str) -> None:
    try:
        cells = cut_line(line, ",")
    except ParseRefusedError:
        assert '"' in line
        return
    assert cells == (next(csv.reader([line], strict=True)) if line else [""])
