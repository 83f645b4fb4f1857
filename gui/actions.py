"""What can be done from the menus and the keyboard? Every action in one table; the window only connects them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

FILE, ENTER, VIEW, PLAYBOOK, HELP = "&File", "&Enter", "&View", "&Playbook", "&Help"
MENUS = (FILE, ENTER, VIEW, PLAYBOOK, HELP)
ALWAYS, JOURNAL, WRITER = 0, 1, 2
"""When an action can be used: always, with a journal open, with one open that can be written."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One action as the menus show it. `starts_group` draws a line above it."""

    key: str
    menu: str
    text: str
    shortcut: str = ""
    needs: int = ALWAYS
    starts_group: bool = False


WISHES = (
    Wish("new", FILE, "&New journal…", "Ctrl+Shift+N"),
    Wish("open", FILE, "&Open journal…", "Ctrl+O"),
    Wish("demo", FILE, "Open &demo"),
    Wish("import", FILE, "&Import files…", "Ctrl+I", WRITER, starts_group=True),
    Wish("paste", FILE, "Import a co&pied table…", "Ctrl+Shift+V", WRITER),
    Wish("watch", FILE, "&Watch a folder…", needs=WRITER),
    Wish("unwatch", FILE, "Stop watching the &folder", needs=WRITER),
    Wish("data", FILE, "&Market data…", "Ctrl+D", JOURNAL),
    Wish("export", FILE, "&Export hedge log…", "Ctrl+E", JOURNAL),
    Wish("backup", FILE, "&Back up now", needs=JOURNAL, starts_group=True),
    Wish("restore", FILE, "&Restore a backup…", needs=JOURNAL),
    Wish("verify", FILE, "&Check the journal", needs=JOURNAL),
    Wish("rebuild", FILE, "Write the &tables anew", needs=WRITER),
    Wish("quit", FILE, "&Quit", "Ctrl+Q", starts_group=True),
    Wish("condor", ENTER, "&Condor…", "Ctrl+N", WRITER),
    Wish("legs", ENTER, "Le&gs of the selected condor…", "", WRITER),
    Wish("layer", ENTER, "Hedge &layer…", "Ctrl+L", WRITER),
    Wish("quote", ENTER, "&Quote line", "Ctrl+K", WRITER),
    Wish("account", ENTER, "&Account…", "Ctrl+Shift+A", WRITER),
    Wish("note", ENTER, "&Note…", "Ctrl+M", WRITER),
    Wish("name", ENTER, "Na&me of a layer…", "", WRITER),
    Wish("acknowledge", ENTER, "Acknowledge the first ale&rt", "Ctrl+Return", WRITER, starts_group=True),
    Wish("undo", ENTER, "&Undo the last act", "Ctrl+Z", WRITER, starts_group=True),
    Wish("redo", ENTER, "R&edo", "Ctrl+Shift+Z", WRITER),
    Wish("history", ENTER, "&History…", "Ctrl+H", JOURNAL),
    Wish("timeline", ENTER, "&Timeline of the selected condor…", "Ctrl+Shift+T", JOURNAL),
    Wish("layer1", VIEW, "Why layer &1", "Ctrl+1", JOURNAL),
    Wish("layer2", VIEW, "Why layer &2", "Ctrl+2", JOURNAL),
    Wish("layer3", VIEW, "Why layer &3", "Ctrl+3", JOURNAL),
    Wish("layer4", VIEW, "Why layer &4", "Ctrl+4", JOURNAL),
    Wish("risk", VIEW, "Ris&k: SPX and VIX", "F5", JOURNAL, starts_group=True),
    Wish("money", VIEW, "&Money: cost and return", "Shift+F5", JOURNAL),
    Wish("discipline", VIEW, "&Discipline: plans and control", "Shift+F6", JOURNAL),
    Wish("proposals", VIEW, "Go to the pr&oposals", "F4", JOURNAL),
    Wish("charts", VIEW, "Go to the &charts", "F6", JOURNAL),
    Wish("why", VIEW, "Go to the &reasons", "F7", JOURNAL),
    Wish("positions", VIEW, "Go to the &positions", "F8", JOURNAL),
    Wish("size", VIEW, "Go to the si&ze of the hedge", "Shift+F8", JOURNAL),
    Wish("log", VIEW, "Go to the hedge lo&g", "F9", JOURNAL),
    Wish("theme", VIEW, "Change to &light or dark", "Ctrl+T", starts_group=True),
    Wish("full_screen", VIEW, "&Full screen", "F11"),
    Wish("layout", VIEW, "Put all panes &back"),
    Wish("shortcuts", HELP, "&Shortcuts", "F1"),
    Wish("folder", HELP, "Open the folder of the error &log"),
    Wish("about", HELP, "&About Condor Watch"),
)


class Actions:
    """The menus of a window. `connect` gives an action its work; `allow` enables what can be done."""

    def __init__(self, window: QWidget, bar: QMenuBar) -> None:
        self._window = window
        self.menus: dict[str, QMenu] = {name: bar.addMenu(name) for name in MENUS}
        self.by_key: dict[str, QAction] = {}
        for wish in WISHES:
            self._add(wish)
        self.allow(ALWAYS)

    def _add(self, wish: Wish) -> None:
        menu = self.menus[wish.menu]
        if wish.starts_group:
            menu.addSeparator()
        action = menu.addAction(wish.text)
        if wish.shortcut:
            action.setShortcut(QKeySequence(wish.shortcut))
        self.by_key[wish.key] = action

    def connect(self, works: dict[str, Callable[[], None]]) -> None:
        """Connect actions by key."""
        for key, work in works.items():
            self.by_key[key].triggered.connect(lambda _checked=False, work=work: work())

    def allow(self, what: int) -> None:
        """Enable what needs no more than this."""
        for wish in WISHES:
            self.by_key[wish.key].setEnabled(wish.needs <= what)

    def say_why_not(self, reason: str) -> None:
        """Say at what writes why it cannot be used, "" where it can."""
        for wish in WISHES:
            if wish.needs == WRITER:
                self.by_key[wish.key].setToolTip(reason)
        for menu in self.menus.values():
            menu.setToolTipsVisible(bool(reason))

    def choices(
        self, menu: str, title: str, options: Iterable[tuple[str, str]], chosen: str, work: Callable[[str], None]
    ) -> QActionGroup:
        """Add options (value, text) of which one holds, under a heading; `work` is given the one picked."""
        self.menus[menu].addSection(title)
        group = QActionGroup(self._window)
        for value, text in options:
            action = group.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(value == chosen)
            self.menus[menu].addAction(action)
        group.triggered.connect(lambda action: work(str(action.data())))
        return group


def shortcut_lines() -> list[tuple[str, str]]:
    """Return every key and what it does, in the order of the menus."""
    named = [
        (QKeySequence(wish.shortcut).toString(QKeySequence.SequenceFormat.NativeText), wish.text)
        for wish in WISHES
        if wish.shortcut
    ]
    return [(keys, text.replace("&", "").rstrip("…")) for keys, text in named]
