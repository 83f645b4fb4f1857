"""How does the user learn that a quote is not shown? One line across the window, once for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.market.quote_gate import SetAside
    from gui.banner import Banners
    from gui.store import Change

KEY = "set-aside"


class SetAsideNotice:
    """Says what was set aside since it was last looked at; what is over goes away by itself."""

    def __init__(self, banners: Banners) -> None:
        self._banners = banners
        self._seen: tuple[SetAside, ...] = ()

    def show(self, change: Change) -> None:
        """Compare the quotes that are set aside with those of before."""
        held = change.facts.set_aside
        if held is self._seen:
            return
        listed = change.state.quotes_refused
        fresh = [one.reason for one in held if one not in self._seen and one.quote is not None]
        self._seen = held
        news = [reason for reason in listed if reason in fresh]
        if news:
            more = f" (and {len(news) - 1} more, listed under oldest input)" if len(news) > 1 else ""
            self._banners.say(KEY, f"Not shown: {news[-1]}{more}")
        elif self._banners.text_of(KEY) and not any(reason in self._banners.text_of(KEY) for reason in listed):
            self._banners.hush(KEY)
