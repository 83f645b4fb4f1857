"""Is each rule's wish what the seeds' numbers give by hand, and the composite the rule of playbook 7.2?"""

import pytest

from core.measures.breadth import Grade
from core.playbook.exposure import (
    Span,
    breadth_span,
    composite,
    cover_by_layer,
    regime_span,
    static_line,
    vxth_pct,
)
from tests.core.playbooks import changed, preset
from tests.core.playbooks import composite as playbook


@pytest.mark.playbook("000-10")
@pytest.mark.parametrize(
    ("edr", "cover"),
    [
        (0.89, {}),
        (0.90, {1: 25}),
        (0.92, {1: 25}),
        (0.95, {1: 25, 2: 25}),
        (0.99, {1: 25, 2: 25}),
        (1.00, {1: 25, 2: 25, 3: 25}),
        (1.05, {1: 25, 2: 25, 3: 25, 4: 25}),
        (1.10, {1: 25, 2: 25, 3: 25, 4: 25}),
    ],
)
def test_the_ladder_covers_a_quarter_by_layer(edr: float, cover: dict[int, float]) -> None:
    assert cover_by_layer(edr, playbook()) == pytest.approx(cover)


def test_continuous_coverage_fills_the_next_layer_bit_by_bit() -> None:
    # base + depth at 0.92: 25 + 10
    assert cover_by_layer(0.92, changed(ladder__mode="continuous")) == pytest.approx({1: 25, 2: 10})


@pytest.mark.playbook("000-11")
def test_growth_moves_weight_outwards_and_keeps_the_sum() -> None:
    found = cover_by_layer(1.05, changed(ladder__growth=1.5))
    assert sum(found.values()) == pytest.approx(100)
    assert (found[2] / found[1], found[3] / found[1], found[4] / found[1]) == pytest.approx((1, 1.5, 2.25))


def test_layers_that_are_switched_off_are_not_covered_for() -> None:
    three = changed(layer__4__enabled=False)
    assert cover_by_layer(1.10, three) == pytest.approx({1: 25, 2: 25, 3: 25})
    assert cover_by_layer(0.95, changed(layer__1__enabled=False)) == pytest.approx({2: 25, 3: 25})


def test_a_higher_cap_is_shared_by_the_four_layers() -> None:
    found = cover_by_layer(1.20, changed(ladder__max_cover=150, ladder__max_layers=8))
    assert found == pytest.approx(dict.fromkeys((1, 2, 3, 4), 37.5))


@pytest.mark.playbook("003-9")
@pytest.mark.playbook("003-4")
@pytest.mark.parametrize(
    ("vix", "span"),
    [
        (9.5, (6_000, 8_000)),
        (14.99, (6_000, 8_000)),
        (15.0, (12_000, 18_000)),
        (25.0, (12_000, 18_000)),
        (25.01, (25_000, 35_000)),
        (80.0, (25_000, 35_000)),
    ],
)
def test_the_bands_of_003_on_a_notional_of_100_000(vix: float, span: tuple[float, float]) -> None:
    found = regime_span(vix, 100_000, playbook())
    assert (found.low, found.high) == pytest.approx(span)
    assert found.aim == pytest.approx(sum(span) / 2)


def test_the_bands_can_run_into_each_other() -> None:
    smooth = changed(regime__blend=1.0)
    spans = {vix: regime_span(vix, 100_000, smooth) for vix in (14.0, 14.5, 15.0, 16.0, 25.0, 26.0)}
    assert {vix: (span.low, span.high) for vix, span in spans.items()} == {
        14.0: pytest.approx((6_000, 8_000)),
        14.5: pytest.approx((7_500, 10_500)),
        15.0: pytest.approx((9_000, 13_000)),
        16.0: pytest.approx((12_000, 18_000)),
        25.0: pytest.approx((18_500, 26_500)),
        26.0: pytest.approx((25_000, 35_000)),
    }


@pytest.mark.playbook("004-10")
@pytest.mark.parametrize(
    ("grade", "span"),
    [
        (Grade.NONE, (0, 0)),
        (Grade.MINOR, (10_000, 15_000)),
        (Grade.MODERATE, (10_000, 15_000)),
        (Grade.PRONOUNCED, (10_000, 15_000)),
    ],
)
def test_breadth_asks_for_ten_to_fifteen_percent_from_minor_on(grade: Grade, span: tuple[float, float]) -> None:
    found = breadth_span(grade, 100_000, playbook())
    assert (found.low, found.high) == pytest.approx(span)


def test_unknown_breadth_asks_for_nothing_known() -> None:
    assert breadth_span(Grade.UNKNOWN, 100_000, playbook()) is None


@pytest.mark.playbook("003-2")
def test_the_static_line_is_a_tenth() -> None:
    assert static_line(100_000, playbook()) == 10_000


BAND = Span(12_000, 18_000)


@pytest.mark.playbook("003-3")
@pytest.mark.parametrize(
    ("ladder", "breadth", "found"),
    [
        (15_000, 12_500, (15_000, "ladder")),
        (12_500, 14_000, (14_000, "breadth minimum")),
        (0, 12_500, (12_500, "breadth minimum")),
        (0, 0, (12_000, "bottom of the VIX band")),
        (90_000, 0, (18_000, "top of the VIX band")),
        (18_000, 0, (18_000, "ladder")),
    ],
)
def test_the_composite_is_the_larger_within_the_band(
    ladder: float, breadth: float, found: tuple[float, str]
) -> None:
    assert composite(ladder, Span(breadth, breadth), BAND) == found


def test_unknown_breadth_matters_only_where_it_could_decide() -> None:
    assert composite(90_000, None, BAND) == (18_000, "top of the VIX band")
    assert composite(15_000, None, BAND) is None
    assert composite(0, None, BAND) is None


def test_each_seed_alone_has_one_rule() -> None:
    assert preset("003-regime").text("sizing.rule") == "regime"
    assert cover_by_layer(1.05, preset("002-spike")) == pytest.approx({1: 25, 2: 25, 3: 25})


@pytest.mark.parametrize(
    ("forward", "share"), [(12, 0), (15, 0), (15.1, 1), (30, 1), (30.1, 0.5), (50, 0.5), (51, 0)]
)
def test_the_tail_hedge_index_hedges_less_where_vix_is_high(forward: float, share: float) -> None:
    assert vxth_pct(forward) == share
