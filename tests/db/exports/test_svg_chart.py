"""Is a chart where its values are, and is nothing in it but lines and escaped text?"""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from db.exports.svg_chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Chart, Line, svg_of

SVG = "{http://www.w3.org/2000/svg}"
DAYS = np.arange("2018-01-01", "2018-01-06", dtype="datetime64[D]")


def chart_of(values: list[float], **more: object) -> ET.Element:
    line = Line("<i>SPX & co</i>", DAYS, np.array(values), "#000000", **more)  # type: ignore[arg-type]
    text = svg_of(Chart("a < b", "points", [line], [("rung <1>", 105.0)]))
    return ET.fromstring(text)  # noqa: S314 - written by us a line above


def points_of(svg: ET.Element) -> list[list[tuple[float, float]]]:
    found = [line.attrib["points"].split() for line in svg.iter(f"{SVG}polyline")]
    return [[(float(x), float(y)) for x, y in (pair.split(",") for pair in line)] for line in found]


def test_points_lie_where_their_values_are() -> None:
    """From 100 to 120 with ticks of 5: 110 lies in the middle, the first day left, the last right."""
    ((first, *_, last),) = points_of(chart_of([100.0, 105.0, 110.0, 115.0, 120.0]))
    assert first == (LEFT, HEIGHT - BOTTOM)
    assert last == (WIDTH - RIGHT, TOP)
    middle = points_of(chart_of([100.0, 105.0, 110.0, 115.0, 120.0]))[0][2]
    assert middle == pytest.approx(((LEFT + WIDTH - RIGHT) / 2, (TOP + HEIGHT - BOTTOM) / 2), abs=0.06)


def test_an_unknown_value_is_a_gap() -> None:
    assert [len(line) for line in points_of(chart_of([1.0, 2.0, float("nan"), 3.0, 4.0]))] == [2, 2]


def test_steps_go_across_before_they_go_up() -> None:
    (line,) = points_of(chart_of([1.0, 2.0, 2.0, 5.0, 5.0], is_steps=True))
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line))


def test_text_in_it_stays_text() -> None:
    svg = chart_of([100.0, 101.0, 102.0, 103.0, 110.0])
    assert {node.tag.removeprefix(SVG) for node in svg.iter()} <= {
        "svg", "title", "rect", "line", "text", "polyline", "circle",
    }  # fmt: skip
    assert "<i>SPX & co</i>" in [node.text for node in svg.iter(f"{SVG}text")]
    assert "rung <1>" in [node.text for node in svg.iter(f"{SVG}text")]


def test_without_a_value_there_is_no_chart() -> None:
    assert svg_of(Chart("t", "", [Line("x", DAYS, np.full(5, np.nan), "#000000")])) == ""
