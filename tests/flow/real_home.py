"""A home that is nobody's: settings, state and data of this user are not touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def nobodys_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the commands of a test find an empty home."""
    monkeypatch.setenv("HOME", str(folder / "home"))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / "home" / name.lower()))
