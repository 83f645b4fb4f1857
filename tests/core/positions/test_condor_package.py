"""Do four legs traded as one open, close and pay as four legs would?"""

from datetime import date
from decimal import Decimal

from core.market.times import parse_moment
from core.positions.book import Condor
from core.positions.condor_package import closing_package, opening_package, package_cash, strikes_of
from core.positions.filling import filled
from core.positions.leg import CLOSE, OPEN

AT = parse_moment("2018-01-10 10:00")
PUTS, CALLS = (Decimal(2600), Decimal(2625)), (Decimal(2825), Decimal(2850))


def test_a_package_opens_and_closes_in_parts() -> None:
    fills = opening_package("SPXW", date(2018, 2, 14), 3, PUTS, CALLS)
    condor = filled(Condor(id=1, root="SPXW"), AT, OPEN, fills)
    assert [(fill.contract.right, fill.contract.strike, fill.quantity) for fill in fills] == [
        ("P", 2600, 3),
        ("P", 2625, -3),
        ("C", 2825, -3),
        ("C", 2850, 3),
    ]
    assert strikes_of(condor) == (PUTS, CALLS)
    part = filled(condor, AT, CLOSE, closing_package(condor.legs, 1))
    assert (part.quantity, part.is_complete) == (2, True)
    assert not filled(part, AT, CLOSE, closing_package(part.legs, 2)).is_open


def test_the_net_price_is_for_one_condor() -> None:
    fills = opening_package("SPX", date(2018, 2, 16), 3, PUTS, CALLS)
    assert package_cash(fills, Decimal("5.20"), 3) == 1560
    assert package_cash(fills, Decimal("-0.05"), 2) == -10
