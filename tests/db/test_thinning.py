"""Which backups stay? Counted by hand over a year of one an hour."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.backup import Backup
from db.thinning import thinned

NOW = datetime(2026, 6, 30, 12, 30, tzinfo=UTC)


def backup(hours: int, version: int = 1) -> Backup:
    at = NOW - timedelta(hours=hours)
    return Backup(Path(f"{hours}-{version}"), at, 1, "0" * 8, version)


def test_of_a_year_of_hours_only_some_stay() -> None:
    """24 hours, 14 days, 8 weeks, 12 months: where they overlap, one backup serves for all."""
    year = [backup(hours) for hours in range(24 * 365)]
    gone = {one.path for one in thinned(year, NOW)}
    kept = [one for one in year if one.path not in gone]
    assert [one.made_at for one in kept[:24]] == [NOW - timedelta(hours=hours) for hours in range(24)]
    # today and yesterday evening are among the 24 hours; 12 days more, then weeks and months by their last hour
    days = {one.made_at.date() for one in kept}
    assert {NOW.date() - timedelta(days=count) for count in range(14)} <= days
    assert {one.made_at.strftime("%Y-%m") for one in kept} == {
        f"{2025 + (month > 12)}-{(month - 1) % 12 + 1:02d}" for month in range(7, 19)
    }
    assert len(kept) < 24 + 14 + 8 + 12


def test_the_newest_of_every_version_stays_and_so_does_the_future() -> None:
    old = [backup(24 * 400, version=1), backup(24 * 500, version=1)]
    many = [backup(hours, version=2) for hours in range(24 * 400)]
    ahead = backup(-5, version=2)
    found = sorted([ahead, *many, *old], key=lambda one: one.made_at, reverse=True)
    gone = {one.path for one in thinned(found, NOW)}
    assert old[0].path not in gone
    assert old[1].path in gone
    assert ahead.path not in gone
    assert thinned([], NOW) == []
