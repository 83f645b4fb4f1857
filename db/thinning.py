"""Which backups may go? All but some of each hour, day, week and month, and the newest of every version."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.backup import Backup

HOURLY, DAILY, WEEKLY, MONTHLY = 24, 14, 8, 12
_KEPT: tuple[tuple[str, int], ...] = (
    ("%Y-%m-%d %H", HOURLY),
    ("%Y-%m-%d", DAILY),
    ("%G-%V", WEEKLY),
    ("%Y-%m", MONTHLY),
)


def thinned(backups: Sequence[Backup], now: datetime) -> list[Backup]:
    """Return the backups that may go, newest first: those that are the newest of no hour, day, week or month kept.

    Never the newest of all, nor the newest of a schema version; one from the future of `now` stays as well.
    """
    kept = {one.path for one in backups if one.made_at > now}
    for version in {one.version for one in backups}:
        kept.add(next(one.path for one in backups if one.version == version))
    for form, count in _KEPT:
        kept |= {one.path for one in _newest_of(backups, form, count)}
    return [one for one in backups if one.path not in kept]


def _newest_of(backups: Sequence[Backup], form: str, count: int) -> list[Backup]:
    """Return the newest backup of each of the last `count` periods that have any."""
    found: dict[str, Backup] = {}
    for one in backups:
        found.setdefault(one.made_at.strftime(form), one)
    return list(found.values())[:count]
