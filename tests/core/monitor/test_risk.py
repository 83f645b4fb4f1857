"""Is the risk picture that of the facts: the same by every way, a ticket as if entered, nothing later than now?"""

from __future__ import annotations

import math
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from core.journal import acts
from core.market.figure import Figure
from core.monitor.evaluate import evaluate
from core.monitor.risk import risk, scenario
from core.monitor.risk_book import with_ticket
from core.monitor.risk_record import risk_record, scenario_record
from core.refusal import RefusedError
from core.risk_state import CURVES, GAUGES, HEAT, HEDGES, MIGRATION, PARTS, ProposedFill, RiskAsked
from tests.core.histories import NAN
from tests.core.journal.desk import VIX_MARCH, Desk, d, legs
from tests.core.monitor.scene import SESSIONS, close_of, facts, market, open_of, quote, with_columns, with_last
from tests.core.monitor.test_chain_now import chain, given
from tests.core.playbooks import composite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.positions.book import Book
    from core.risk_state import RiskState
    from core.state import Facts

LAST = SESSIONS - 1  # 2010-07-23, SPX 1611
FILLED = datetime(2010, 6, 1, 15, 0, tzinfo=UTC)
AUGUST, SEPTEMBER = date(2010, 8, 18), date(2010, 9, 15)
TICKET = (f"+3 VIX {SEPTEMBER} C 22 @ 1.10", f"-1 VIX {AUGUST} C 20 @ 1.40")


def proposed(text: str) -> tuple[ProposedFill, ...]:
    return (ProposedFill(legs(text)[0], 1),)


def a_desk() -> Desk:
    """Two condors; two VIX calls of the first in layer 1, a future of the book in layer 2."""
    desk = Desk()
    terms = {"at": FILLED, "expiry": date(2010, 8, 20)}
    desk.do(acts.open_condor, puts=(d("1450"), d("1475")), calls=(d("1725"), d("1750")), quantity=3, **terms)
    desk.do(acts.open_condor, puts=(d("1400"), d("1425")), calls=(d("1775"), d("1800")), quantity=1, **terms)
    desk.do(acts.open_layer, fills=legs(f"+2 VIX {AUGUST} C 20 @ 1.90"), condor_id=1, at=FILLED)
    desk.do(acts.open_layer, number=2, fills=legs(f"+1 VX {SEPTEMBER} @ 19.10"), at=FILLED)
    desk.do(acts.state_account, equity=d("200000"), cash=d("100000"), notional=d("300000"), at=FILLED)
    return desk


@cache
def book() -> Book:
    return a_desk().book


def at_close(**more: Any) -> Facts:
    return facts(close_of(LAST), book=more.pop("book", None) or book(), **more)


def same(one: Any, other: Any, path: str = "") -> None:
    """Compare two records field by field, arrays too."""
    if isinstance(one, np.ndarray):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-6, err_msg=path)
    elif hasattr(one, "__dataclass_fields__") and not isinstance(one, Figure):
        for field in fields(one):
            same(getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}")
    elif isinstance(one, tuple | list):
        assert len(one) == len(other), path
        for at, (a, b) in enumerate(zip(one, other, strict=True)):
            same(a, b, f"{path}.{at}")
    elif isinstance(one, Figure):
        assert (one.value, one.unit, one.unknown) == (pytest.approx(other.value), other.unit, other.unknown), path
    elif isinstance(one, float):
        assert one == pytest.approx(other, nan_ok=True), path
    else:
        assert one == other, path


def test_the_hedged_curve_at_expiry_is_what_status_says_of_the_book() -> None:
    state, seen = risk(at_close()), evaluate(at_close())
    curve = state.curve("expiry")
    assert curve is not None
    assert curve.break_evens.points == pytest.approx(seen.book_break_evens.points)
    assert curve.break_evens.low_response == pytest.approx(seen.book_break_evens.low_response)
    assert curve.break_evens.zones == pytest.approx(seen.book_break_evens.zones)
    for condor in seen.condors:
        own = risk(at_close(), RiskAsked(condor_id=condor.condor.id)).curve("expiry")
        assert own is not None
        assert own.break_evens.points == pytest.approx(condor.hedged.points)
        assert own.bare_break_evens.points == pytest.approx(condor.bare.points)


def test_the_bare_curve_at_expiry_is_straight_lines_by_hand() -> None:
    curve, grid = risk(at_close()).curve("expiry"), risk(at_close()).grid
    assert curve is not None
    for spx, dollars in zip(grid.tolist(), curve.bare[0].tolist(), strict=True):
        total = 0.0
        for count, (a, b, c, e) in ((3, (1450, 1475, 1725, 1750)), (1, (1400, 1425, 1775, 1800))):
            wings = max(a - spx, 0) - max(b - spx, 0) - max(spx - c, 0) + max(spx - e, 0)
            total += count * 100 * (5.20 + wings)
        assert dollars == pytest.approx(total)


def test_the_point_is_what_the_legs_are_marked_at() -> None:
    state = risk(at_close())
    marks = {leg.text: leg.mark.value for leg in state.legs}
    worth = {
        text: int(text.split()[0]) * (1000 if " VX " in text else 100) * (mark or NAN)
        for text, mark in marks.items()
    }
    condors = math.fsum(value for text, value in worth.items() if "SPX" in text)
    assert state.point.bare.value == pytest.approx(condors + 4 * 520)
    hedges = worth[f"+2 VIX {AUGUST} C 20"] - 2 * 190 + worth[f"+1 VX {SEPTEMBER}"] - 19_100
    assert state.point.hedged.value == pytest.approx(condors + 4 * 520 + hedges)
    now = state.curve("now")
    assert now is not None
    assert now.hedged[1][state.grid.searchsorted(state.point.spx.value)] == pytest.approx(state.point.hedged.value)


@pytest.mark.playbook("002-15")
@pytest.mark.playbook("004-5")
@pytest.mark.parametrize("moved", [{}, {"days": 3.0, "response": "high"}, {"spx": 1550.0, "vix": 27.0}])
def test_a_ticket_is_the_book_with_that_ticket_entered(moved: dict[str, Any]) -> None:
    first, second = (legs(text)[0] for text in TICKET)
    ticket = (ProposedFill(first, 4), ProposedFill(second, 1, 1))
    proposed = risk(at_close(), RiskAsked(ticket=ticket, **moved))
    desk = a_desk()
    desk.do(acts.open_layer, number=4, fills=[first], at=close_of(LAST))
    desk.do(acts.close_layer, number=1, fills=[second], condor_id=1, at=close_of(LAST))
    entered, without = (risk(at_close(book=one), RiskAsked(**moved)) for one in (desk.book, book()))
    names = (
        "point",
        "grid",
        "curves",
        "comparisons",
        "migration",
        "heat",
        "greeks",
        "repricing",
        "alignments",
        "legs",
    )
    for name in names:
        same(getattr(proposed, name), getattr(entered, name), name)
    assert proposed.before is not None
    same(proposed.before.point, without.point)
    same(proposed.before.greeks, without.greeks)
    same(proposed.before.curves, without.curves) if not moved else None
    for one, after, before in zip(proposed.gauges, entered.gauges, without.gauges, strict=True):
        same(one.value, after.value)
        assert one.before is not None
        same(one.before, before.value)
        assert (one.is_within, one.was_within) == (after.is_within, before.is_within)


def test_a_ticket_is_valued_with_the_chain_s_volatility_as_if_it_were_held() -> None:
    seen = replace(given(curve=True), chains=(chain(),))
    fill = legs(f"+3 VIX {VIX_MARCH} C 14 @ 1.55")[0]
    found = risk(seen, RiskAsked(ticket=(ProposedFill(fill, 2),)))
    held = with_ticket(seen.book, (ProposedFill(fill, 2),), seen.now)
    same(found.legs, risk(replace(seen, book=held)).legs)
    leg = next(one for one in found.legs if "C 14" in one.text)
    assert leg.volatility_pct.value == pytest.approx(85.0, abs=0.1)
    assert "test chain" in leg.volatility_source
    assert (
        "fill"
        in next(
            one for one in risk(replace(seen, chains=(), book=held)).legs if "C 14" in one.text
        ).volatility_source
    )


def test_moving_spx_alone_moves_the_point_along_the_curves() -> None:
    here, there = risk(at_close()), risk(at_close(), RiskAsked(spx=1500.0))
    spx, vix = market().column("SPX")[LAST], market().column("VIX")[LAST]
    assert there.point.vix.value == pytest.approx(vix * (1500 / spx) ** -4.5)
    at = there.grid.searchsorted(1500.0)
    now = there.curve("now")
    assert now is not None
    assert now.hedged[1, at] == pytest.approx(there.point.hedged.value, abs=0.02)
    same(here.curve("expiry").break_evens.points, there.curve("expiry").break_evens.points)  # type: ignore[union-attr]
    assert there.asked.is_what_if


@pytest.mark.playbook("004-23")
def test_a_fitted_map_is_the_one_in_use_and_says_of_which_days_it_is() -> None:
    rules = composite()
    fitted = replace(rules, values={**rules.values, "response.map": "fitted", "response.sessions": 100})
    state = risk(at_close(playbook=fitted))
    used, heat = state.spot_vol, state.heat
    assert used.is_fitted
    assert (used.fitted_on, used.last, used.sessions) == (date(2010, 7, 23), date(2010, 7, 23), 100)
    assert used.first == market().days[LAST - 99].item()  # the first of a hundred daily changes
    assert "fitted on 2010-07-23 over 100 sessions" in "; ".join(state.notes)
    assert heat is not None
    spx, vix = market().column("SPX")[LAST], market().column("VIX")[LAST]
    low = heat.spx[30]
    expected = [vix * (low / spx) ** -one.b_down for one in (used.low, used.base, used.high)]
    assert heat.line_vix[:, 30] == pytest.approx(np.clip(expected, 9, 90))
    assert not risk(at_close()).spot_vol.is_fitted


def test_sticky_strikes_keep_their_volatility_whatever_vix_does() -> None:
    """With SSR 1 and the skew linear below SPX, a put's volatility stays where SPX goes (playbook 4.3)."""
    spx = float(market().column("SPX")[LAST])
    standard, sticky = (
        {leg.text: leg for leg in risk(at_close(), RiskAsked(spx=0.99 * spx, vix=40.0, ssr=ssr)).legs}
        for ssr in (None, 1.0)
    )
    here = {leg.text: leg for leg in risk(at_close()).legs}
    put = "-3 SPX 2010-08-20 P 1475"
    k0, k1 = math.log(1475 / spx), math.log(1475 / (0.99 * spx))
    curved = 0.8 * (k1 * k1 - k0 * k0) * 100  # what the parabola of the skew adds to the straight line
    before = here[put].volatility_pct.value
    assert before is not None
    assert sticky[put].volatility_pct.value == pytest.approx(before + curved)
    assert standard[put].volatility_pct.value > before + 10


def test_only_the_parts_that_are_asked_for_are_made() -> None:
    whole = risk(at_close())
    found = {part: risk(at_close(), RiskAsked(parts=frozenset({part}))) for part in PARTS}
    of = {
        CURVES: ("curves",),
        MIGRATION: ("migration", "comparisons"),
        HEAT: ("heat",),
        GAUGES: ("gauges", "greeks", "legs"),
        HEDGES: ("repricing", "alignments"),
    }
    for part, names in of.items():
        for other, others in of.items():
            for name in others:
                if other == part:
                    same(getattr(found[part], name), getattr(whole, name), name)
                else:
                    assert not getattr(found[part], name)
        assert names


def test_nothing_later_than_now_is_in_it() -> None:
    """A look from June over facts that know July is the one over facts that end in June."""
    early = close_of(SESSIONS - 30)
    short = with_columns(market()).until(SESSIONS - 29)
    known = facts(early, history=market(), book=book())
    known = replace(known, past=facts(close_of(LAST), book=book()).past)
    assert known.past.history.length > short.length
    same(risk(known).heat, risk(facts(early, history=short, book=book())).heat)
    same(risk(known).curves, risk(facts(early, history=short, book=book())).curves)


def test_a_quote_moves_the_picture() -> None:
    typed, later = open_of(SESSIONS, 60), open_of(SESSIONS, 61)
    live = facts(later, quote("SPX", 1500.0, typed), quote("VIX", 30.0, typed), book=book())
    state = risk(live)
    assert (state.spx.value, state.vix.value, state.point.spx.value) == (1500.0, 30.0, 1500.0)
    gauge = next(one for one in state.gauges if one.key == "delta")
    assert gauge.value.inputs[0].note == "quote"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"spx": 0.0}, "spx: 0 is not a level above zero"),
        ({"vix": -4.0}, "vix: -4 is not a level"),
        ({"spx": NAN}, "spx: nan is not a level"),
        ({"response": "mild"}, "response: mild is none of low, base, high"),
        ({"days": -1.0}, "days: -1 is not within"),
        ({"ssr": 2.5}, "ssr: 2.5 is not within 0 to 2"),
        ({"ssr": NAN}, "ssr: nan is not within"),
        ({"condor_id": 9}, "no condor 9 is open"),
        ({"ticket": proposed("+1 VIX 2010-08-21 C 20 @ 1.00")}, "2010-08-21 is not a trading session"),
        ({"ticket": proposed("+1 VIX 2010-07-21 C 20 @ 1.00")}, "is before the fill"),
        ({"ticket": proposed(f"+1 VX {AUGUST} @ 0")}, "price"),
    ],
)
def test_what_no_market_can_be_is_refused(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        risk(at_close(), RiskAsked(**asked))


def test_scenarios_by_hand_at_expiry_and_on_the_line() -> None:
    asked = RiskAsked(day=date(2010, 8, 20))
    found = scenario(at_close(), asked, [-20.0, 0.0, 20.0], [-5.0, 0.0, 30.0])
    spx, vix = market().column("SPX")[LAST], market().column("VIX")[LAST]
    assert found.spx == pytest.approx(spx * np.array([0.8, 1.0, 1.2]))
    assert found.vix == pytest.approx(vix + np.array([-5.0, 0.0, 30.0]))
    # settled in the morning, VIX does not matter to them: all put wings are lost at -20 %, all call wings at +20 %
    expected = np.tile([4 * 520 - 4 * 2500, 4 * 520, 4 * 520 - 4 * 2500], (3, 1))
    assert found.bare == pytest.approx(expected)
    assert found.path_dependent == (f"+2 VIX {AUGUST} C 20", "SPX legs of 2010-08-20")
    line = vix * 0.9**-4.5 - vix
    on_line = scenario(at_close(), RiskAsked(days=2.0), [-10.0], [line])
    state = risk(at_close(), RiskAsked(spx=0.9 * spx, days=2.0, parts=frozenset()))
    assert on_line.hedged[0, 0] == pytest.approx(state.point.hedged.value)


def test_the_largest_grid_is_taken_and_a_larger_one_refused() -> None:
    shocks = np.linspace(-20, 20, 101).tolist()
    assert scenario(at_close(), RiskAsked(), shocks, shocks).hedged.shape == (101, 101)
    with pytest.raises(RefusedError, match="spx: 102 shocks; 1 to 101 are taken"):
        scenario(at_close(), RiskAsked(), np.linspace(-20, 20, 102).tolist(), shocks)
    with pytest.raises(RefusedError, match="every shock must be a number above -100"):
        scenario(at_close(), RiskAsked(), [-100.0], [0.0])
    assert scenario(at_close(), RiskAsked(), [0.0], [-99.0]).vix[0] == 0.0


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from leaves(value, f"{path}.{index}")
    else:
        yield path, node


GAPS = {"VIX": NAN, "SPX": NAN, "VX1": NAN, "VX2": NAN}


@pytest.mark.parametrize("missing", ["", "VIX", "SPX", "VX1", "account", "book", "shares"])
@pytest.mark.parametrize("ticket", [(), (ProposedFill(legs(TICKET[0])[0], 4),)])
def test_every_null_of_the_record_has_its_reason_and_no_number_is_nan(missing: str, ticket: tuple) -> None:
    history = with_last(market(), **{missing: NAN}) if missing in GAPS else market()
    desk = Desk() if missing == "book" else a_desk()
    if missing == "shares":
        desk.do(acts.open_layer, number=3, fills=legs("+100 VXX @ 27.10"), at=FILLED)
    held = replace(desk.book, account=None) if missing == "account" else desk.book
    seen = at_close(history=history, book=held)
    records = [
        risk_record(risk(seen, RiskAsked(ticket=ticket))),
        scenario_record(scenario(seen, RiskAsked(ticket=ticket))),
    ]
    for record in records:
        values = dict(leaves({key: value for key, value in record.items() if key != "unknown"}))
        assert {path for path, value in values.items() if value is None} == set(record["unknown"])
        assert all(record["unknown"].values())
        assert all(math.isfinite(value) for value in values.values() if isinstance(value, float))


def test_what_one_leg_lacks_leaves_the_rest_known() -> None:
    desk = a_desk()
    desk.do(acts.open_layer, number=3, fills=legs("+100 VXX @ 27.10"), at=FILLED)
    state: RiskState = risk(at_close(book=desk.book))
    curve = state.curve("expiry")
    assert curve is not None
    assert np.isfinite(curve.bare).all()
    assert np.isnan(curve.hedged).all()
    assert "VXX" in curve.unknown
    assert any("VXX" in reason for reason in state.unknown)
    without = risk(at_close(book=desk.book), RiskAsked(layers=frozenset({1, 2})))
    assert without.unknown == ()


def test_a_what_if_needs_a_market_to_start_from() -> None:
    """Without SPX and VIX as quoted no change of them can be told, even where both are asked for."""
    state = risk(facts(close_of(LAST) + timedelta(days=3), book=book()), RiskAsked(spx=1600.0, vix=20.0))
    assert state.curves == ()
    assert "no SPX value and no VIX value" in state.unknown
    assert state.point.spx.value == 1600.0
    assert state.point.hedged.value is None


def test_after_the_expiry_the_settlement_is_asked_for() -> None:
    late = facts(close_of(LAST) + timedelta(days=40), book=book())
    assert any(
        "has expired: enter its settlement" in reason or "no SPX value" in reason for reason in risk(late).unknown
    )
