"""Do multipliers, settlement values and last moments follow the exchange's contract specifications?"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.positions.contract import Contract, Kind, expiry_moment, is_vix_linked
from tests.core.histories import calendar

FRIDAY, WEDNESDAY = date(2018, 2, 16), date(2018, 3, 21)


def option(root: str, expiry: date = FRIDAY) -> Contract:
    return Contract(root, Kind.OPTION, expiry, "C", Decimal("2825.00"))


@pytest.mark.parametrize(
    ("contract", "multiplier", "settlement", "underlying"),
    [
        (option("SPX"), 100, "SET", "SPX"),
        (option("SPXW"), 100, "close", "SPX"),
        (option("XSP"), 100, "close", "SPX"),
        (option("VIX"), 100, "VRO", "VIX"),
        (option("VXX"), 100, "close", "VXX"),
        (Contract("VX", Kind.FUTURE, WEDNESDAY), 1000, "VRO", "VIX"),
        (Contract("VXM", Kind.FUTURE, WEDNESDAY), 100, "VRO", "VIX"),
        (Contract("UVXY", Kind.SHARE), 1, "", "UVXY"),
    ],
)
def test_terms_are_those_of_the_specification(
    contract: Contract, multiplier: int, settlement: str, underlying: str
) -> None:
    assert (contract.multiplier, contract.terms.settlement) == (multiplier, settlement)
    assert contract.terms.underlying == underlying


@pytest.mark.parametrize(
    ("contract", "moment"),
    [
        (option("SPX"), datetime(2018, 2, 16, 14, 30, tzinfo=UTC)),  # 9:30 in winter
        (option("SPXW"), datetime(2018, 2, 16, 21, 0, tzinfo=UTC)),
        (option("SPXW", date(2018, 7, 3)), datetime(2018, 7, 3, 17, 0, tzinfo=UTC)),  # a half day, 13:00
        (option("VIX", WEDNESDAY), datetime(2018, 3, 21, 13, 30, tzinfo=UTC)),  # 9:30 in summer time
        (Contract("VX", Kind.FUTURE, WEDNESDAY), datetime(2018, 3, 21, 13, 30, tzinfo=UTC)),
        (Contract("VXX", Kind.SHARE), None),
    ],
)
def test_the_settlement_value_is_struck_in_the_morning_or_at_the_close(
    contract: Contract, moment: datetime | None
) -> None:
    assert expiry_moment(contract, calendar()) == moment


def test_text_and_kinship() -> None:
    assert option("SPX").text == "SPX 2018-02-16 C 2825"
    assert Contract("VX", Kind.FUTURE, WEDNESDAY).text == "VX 2018-03-21"
    assert Contract("VXX", Kind.SHARE).text == "VXX"
    assert option("SPX") == Contract("SPX", Kind.OPTION, FRIDAY, "C", Decimal(2825))
    assert [is_vix_linked(option(root)) for root in ("SPX", "XSP", "VIX", "VXX")] == [False, False, True, True]
