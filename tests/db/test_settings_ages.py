"""Which limits of age do the settings state?"""

from core.market.snapshot import Ages
from db.settings import ages_of, declared


def test_each_group_of_inputs_has_its_own_limits() -> None:
    values = {key: setting.default for key, setting in declared().items()}
    changed = values | {
        "ages.amber_s": 5,
        "ages.unknown_s": 10,
        "ages.closed_s": 20,
        "ages.vx_amber_s": 50,
        "ages.vx_unknown_s": 100,
        "ages.vx_closed_s": 200,
    }
    ages = ages_of(changed)
    assert ages.for_symbol("SPX") is ages.for_symbol("VIX9D") is ages
    assert (ages.amber_s, ages.unknown_s, ages.closed_s) == (5, 10, 20)
    assert ages.for_symbol("VX1") == ages.for_symbol("VX8") == Ages(50, 100, 200)


def test_a_quote_of_friday_evening_serves_until_a_monday_after_a_holiday_by_default() -> None:
    values = {key: setting.default for key, setting in declared().items()}
    friday_to_tuesday_s = (3 * 24 + 17.5) * 3600
    assert ages_of(values).closed_s > friday_to_tuesday_s
    assert ages_of(values).for_symbol("VX1").closed_s > friday_to_tuesday_s
