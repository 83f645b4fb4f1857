"""Where on this computer does everything of the user's lie? Without reading any of it."""

from __future__ import annotations

from pathlib import Path

APPLICATION = "condor-watch"


def data_folder() -> Path:
    """Return the folder of the user's own journal."""
    import platformdirs

    return Path(platformdirs.user_data_path(APPLICATION, appauthor=False))


def state_folder() -> Path:
    """Return the folder for pictures, summaries and logs."""
    import platformdirs

    return Path(platformdirs.user_state_path(APPLICATION, appauthor=False))


def settings_file() -> Path:
    """Return the path of the user's settings file."""
    import platformdirs

    return Path(platformdirs.user_config_path(APPLICATION, appauthor=False)) / "settings.json"


def default_journal() -> Path:
    """Return the path of the user's own journal."""
    return data_folder() / "journal.db"
