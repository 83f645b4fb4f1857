"""Is what must not be in a log out of it, and everything else still there?"""

from pathlib import Path

import pytest

from db.redact import redacted

CANARY = "s3cr3tCanary"


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {CANARY}",
        f"authorization={CANARY}",
        f"GET /v1?token={CANARY}&x=1",
        f"api_key={CANARY}",
        f"API-KEY = {CANARY},",
        f"password={CANARY}",
        f'{{"token": "{CANARY}"}}',
        f"https://host.example/path/{CANARY}?t={CANARY}",
    ],
)
def test_no_secret_is_left(text: str) -> None:
    assert CANARY not in redacted(text)


@pytest.mark.parametrize(
    "text", ["account U1234567", "DU7654321 was refused", "Account number: 123-45678", "account=12345678"]
)
def test_no_account_number_is_left(text: str) -> None:
    said = redacted(text)
    assert not any(digits in said for digits in ("1234567", "7654321", "45678"))


def test_everything_else_stays_as_it_was() -> None:
    text = (
        "File '/usr/lib/x.py', line 12\nValueError: SPX 5012.30, entry 12345678 at 2026-11-21T05:00:00Z; L1 +4 VIX"
    )
    assert redacted(text, Path("/people/ann")) == text


def test_the_home_folder_is_not_named_and_a_host_is() -> None:
    assert redacted("/people/ann/journal.db", Path("/people/ann")) == "~/journal.db"
    seen = redacted("see https://host.example/a/b?c=d now", Path("/people/ann"))
    assert seen == "see https://host.example/… now"
