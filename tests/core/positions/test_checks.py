"""Are contracts that do not exist refused, whichever door they come through?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.market.times import parse_moment
from core.positions.book import Condor, Layer
from core.positions.checks import (
    check_alive,
    check_closes,
    check_condor_shape,
    check_contract,
    check_credit,
    check_expired,
    check_follows,
    check_opens,
    check_strikes,
)
from core.positions.contract import Contract, Kind
from core.positions.filling import filled
from core.positions.leg import CLOSE, OPEN, Fill, parse_fill
from core.positions.values import ActRefusedError
from tests.core.histories import calendar

MONDAY = parse_moment("2018-02-05 15:59")
CALL = Contract("VIX", Kind.OPTION, date(2018, 3, 21), "C", Decimal(25))
FUTURE = Contract("VX", Kind.FUTURE, date(2018, 3, 21))
SHARE = Contract("VXX", Kind.SHARE)


@pytest.mark.parametrize("contract", [CALL, FUTURE, SHARE])
def test_a_contract_that_exists_passes(contract: Contract) -> None:
    check_contract(contract, calendar())
    check_alive(contract, MONDAY, calendar())


@pytest.mark.parametrize(
    ("field", "contract"),
    [
        ("root", replace(CALL, root="VX")),
        ("root", replace(FUTURE, root="VIX")),
        ("root", replace(SHARE, root="SPX")),
        ("right", replace(CALL, right="X")),
        ("right", replace(CALL, right="")),
        ("right", replace(FUTURE, right="C")),
        ("strike", replace(CALL, strike=None)),
        ("strike", replace(CALL, strike=Decimal(0))),
        ("strike", replace(CALL, strike=Decimal("NaN"))),
        ("strike", replace(FUTURE, strike=Decimal(15))),
        ("expiry", replace(CALL, expiry=None)),
        ("expiry", replace(CALL, expiry=date(2018, 3, 30))),  # Good Friday
        ("expiry", replace(CALL, expiry=date(1900, 1, 2))),
        ("expiry", replace(SHARE, expiry=date(2018, 3, 21))),
    ],
)
def test_a_contract_that_does_not_exist_is_refused(field: str, contract: Contract) -> None:
    with pytest.raises(ActRefusedError, match=f"^{field}: "):
        check_contract(contract, calendar())


def test_a_contract_is_traded_until_it_expires_and_settled_from_then_on() -> None:
    before, after = parse_moment("2018-03-21 09:30"), parse_moment("2018-03-21 09:30:01")
    check_alive(CALL, before, calendar())
    check_expired(CALL, before, calendar())
    with pytest.raises(ActRefusedError, match=r"^expiry: VIX 2018-03-21 is before the fill of 2018-03-21 09:30"):
        check_alive(CALL, after, calendar())
    with pytest.raises(ActRefusedError, match=r"^at: VX 2018-03-21 settles at 2018-03-21 09:30 New York"):
        check_expired(FUTURE, MONDAY, calendar())
    with pytest.raises(ActRefusedError, match=r"^expiry: VXX does not expire"):
        check_expired(SHARE, MONDAY, calendar())


def test_the_condors_strikes_and_credit() -> None:
    puts, calls = (Decimal(2600), Decimal(2625)), (Decimal(2825), Decimal(2850))
    check_strikes(puts, calls)
    check_credit(Decimal("24.99"), puts, calls)
    check_credit(Decimal(-100), puts, calls)
    with pytest.raises(ActRefusedError, match=r"^puts: 2625/2600 do not ascend \(LONG/SHORT\)"):
        check_strikes(puts[::-1], calls)
    with pytest.raises(ActRefusedError, match=r"^calls: short call 2625 must lie above short put 2625"):
        check_strikes(puts, (Decimal(2625), Decimal(2850)))


def test_a_condor_has_one_leg_of_each_role() -> None:
    def built(*texts: str) -> Condor:
        return filled(Condor(id=1), MONDAY, OPEN, [parse_fill(f"{text} @ 1") for text in texts])

    check_condor_shape(built("+1 SPX 2018-02-16 P 2600", "-1 SPX 2018-02-16 C 2825"))
    for texts in (
        ("-1 SPX 2018-02-16 P 2600", "-1 SPX 2018-02-16 P 2610"),
        ("+1 SPX 2018-02-16 P 2600", "-1 SPX 2018-02-16 C 2600"),
        ("+1 SPX 2018-02-16 C 2825", "-1 SPX 2018-02-16 C 2850"),
    ):
        with pytest.raises(ActRefusedError, match=r"^strike: "):
            check_condor_shape(built(*texts))


def test_fills_open_or_close_but_never_turn_round() -> None:
    layer = filled(Layer(number=1), MONDAY, OPEN, [Fill(CALL, -4, Decimal(1))])
    check_opens(layer, [Fill(CALL, -1, Decimal(1)), Fill(FUTURE, 1, Decimal(15))])
    check_closes(layer, [Fill(CALL, 1, Decimal(1)), Fill(CALL, 3, Decimal(1))])
    for field, check, fills in (
        ("quantity", check_opens, [Fill(CALL, 1)]),
        ("quantity", check_closes, [Fill(CALL, 5)]),
        ("quantity", check_closes, [Fill(CALL, -1)]),
        ("leg", check_closes, [Fill(CALL, 4), Fill(CALL, 1)]),
        ("leg", check_closes, [Fill(FUTURE, 1)]),
    ):
        with pytest.raises(ActRefusedError, match=f"^{field}: "):
            check(layer, fills)
    closed = filled(layer, MONDAY, CLOSE, [Fill(CALL, 4)])
    assert not closed.is_open
    assert [fill.act for fill in closed.fills] == ["open", "close"]


def test_a_position_does_not_go_back_in_time() -> None:
    layer = filled(Layer(number=1), MONDAY, OPEN, [Fill(CALL, 4)])
    check_follows(layer, MONDAY)
    with pytest.raises(
        ActRefusedError, match=r"^at: 2018-02-05 10:00 is before the last fill .* 2018-02-05 15:59"
    ):
        check_follows(layer, parse_moment("2018-02-05 10:00"))
