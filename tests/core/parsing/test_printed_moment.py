"""Which moment does a page print? What a browser's Intl.DateTimeFormat gave for 2023-09-04 18:56 UTC, New York."""

# ruff: noqa: RUF001 - the letters of other languages

from datetime import datetime

import pytest

from core.parsing.month_names import month_of
from core.parsing.printed_moment import printed_moment
from tests.core.market.exchange import utc

PRINTED = """
September 4, 2023 at 2:56 PM EDT
4 September 2023 at 14:56 GMT-4
4 de septiembre de 2023 a las 14:56 GMT-4
4. September 2023 um 14:56 GMT-4
4 septembre 2023 à 14:56 UTC−4
4 settembre 2023 alle ore 14:56 GMT-4
4 de setembro de 2023 às 14:56 GMT-4
4 september 2023 om 14:56 EDT
4 września 2023 14:56 GMT-4
4 сентября 2023 г. в 14:56 GMT-4
4 вересня 2023 р. о 14:56 GMT-4
4 september 2023 kl. 14:56 GMT−4
4. september 2023 kl. 14.56 GMT-4
4. syyskuuta 2023 klo 14.56 UTC-4
4. září 2023 v 14:56 EDT
2023. szeptember 4. 14:56 GMT-4
4 septembrie 2023 la 14:56 GMT-4
4 Σεπτεμβρίου 2023 στις 2:56 μ.μ. GMT-4
4 Eylül 2023 14:56 GMT-4
2023年9月4日 14:56 GMT-4
2023年9月4日 GMT-4 14:56
2023年9月4日 下午2:56 [EDT]
2023년 9월 4일 PM 2:56 GMT-4
4 בספטמבר 2023 בשעה 14:56 GMT-4\u200e
4 سبتمبر 2023 في 2:56 م غرينتش-4
4 सितंबर 2023 को 2:56 pm GMT-4 बजे
lúc 14:56 EDT 4 tháng 9, 2023
4 September 2023 pukul 14.56 EDT
4 септември 2023 г. в 14:56 ч. Гринуич-4
4. rujna 2023. u 14:56 GMT -4
4 de setembre del 2023, a les 14:56 GMT-4
2023 m. rugsėjo 4 d. 14:56; GMT−4
2023. gada 4. septembris 14:56 GMT-4
4. september 2023, kell 14:56 GMT −4
"""


@pytest.mark.parametrize("text", PRINTED.strip().splitlines())
def test_any_browser_s_language_is_read(text: str) -> None:
    assert printed_moment(text) == utc("2023-09-04T18:56")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("23 de marzo de 2022, 10:11 GMT-4", utc("2022-03-23T14:11")),
        ("January 5, 2024 at 12:05 AM EST", utc("2024-01-05T05:05")),
        ("January 5, 2024 at 12:05 PM EST", utc("2024-01-05T17:05")),
        ("5 janvier 2024 à 18:05 UTC", utc("2024-01-05T18:05")),
        ("5. Januar 2024 um 01:05 GMT+5:30", utc("2024-01-04T19:35")),
    ],
)
def test_noon_midnight_and_other_zones(text: str, moment: datetime) -> None:
    assert printed_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "September 4, 2023",
        "September 4, 2023 at 2:56 PM",
        "4 กันยายน 2566 เวลา 14:56 GMT-4",  # a Buddhist year
        "September 31, 2023 at 2:56 PM EDT",
        "September 4, 2023 at 14:56 PM EDT",
        "September 4, 2023 at 25:56 EDT",
        "4 5 September 2023 14:56 EDT",
        "4 listopada 2023 14:56 GMT-4",  # November in Polish, October in Croatian
        "September 4, 2023 at 2:56 PM GMT-40",
        "2023-09-04 14:56 EDT",
        "9" * 500,
    ],
)
def test_what_does_not_say_it_all_is_no_moment(text: str) -> None:
    assert printed_moment(text) is None


def test_months_are_known_with_and_without_accents() -> None:
    assert [month_of(word) for word in ("août", "AOUT", "März", "mars", "mayo", "Tag", "")] == [
        8,
        8,
        3,
        3,
        5,
        0,
        0,
    ]
