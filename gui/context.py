"""What do the parts of an open window share, and in which state is it? Start page, opening, or a journal shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from gui.actions import ALWAYS, JOURNAL, WRITER
from gui.desk import Desk
from gui.jobs import keep_past
from gui.preferences import Preferences
from gui.theme import apply_theme, load_theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from gui.app import Options
    from gui.crash import CrashReporter
    from gui.jobs import Closes, Loaded, OpenJournal
    from gui.live.incoming import Incoming
    from gui.main_window import MainWindow
    from gui.panes import Panes
    from gui.start.page import StartPage
    from gui.store import Change, Store

STARTING = ("read-only", "start", "verify", "checking", "checked", "closing")
"""The lines across the window that are about one journal."""


class Context(QObject):
    """The window with its store and desk. `panes` and `store` are there once a journal was opened."""

    def __init__(
        self, options: Options, window: MainWindow, reporter: CrashReporter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.options, self.window = options, window
        self.preferences = Preferences(options.settings, options.playbook)
        self.theme = load_theme(options.theme or self.preferences.text("window.theme"))
        self.desk = Desk(options.clock, self.preferences.rules, self)
        self.desk.troubled.connect(lambda error: self.complain("closing", f"At the end of the session: {error}"))
        self.desk.troubled.connect(reporter.note)
        self.panes: Panes | None = None
        self.store: Store | None = None
        self.incoming: Incoming | None = None
        self.start_page: StartPage | None = None
        self.the_path = options.journal
        self._then: Callable[[], None] | None = None
        self._furnish()
        reporter.happened.connect(lambda text, details: window.banners.say("crash", text, details=details))

    def _furnish(self) -> None:
        apply_theme(_application(), self.theme)
        self.window.furnish(self.theme)
        self.window.restore_geometry(self.preferences.text("window.geometry"))
        if self.preferences.trouble:
            self.complain("settings", self.preferences.trouble)
        self.wire()

    def wire(self) -> None:
        """Give the menus their work."""
        from gui.menus import Menus

        self.menus = Menus(self)

    # --- opening ---

    def open(self, path: Path) -> None:
        """Open a journal in place of the one that is open."""
        self._leave()
        self.desk.open(path)

    def begin(self, make: Callable[[datetime], Path], then: Callable[[], None] | None = None) -> None:
        """Make a journal and open it in place of the one that is open; `then` is called when that is over."""
        self._leave()
        self._then = then
        self.desk.begin(make)

    def _call_then(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _leave(self) -> None:
        if self.incoming is not None:
            self.incoming.end()
        if self.store is not None:
            self.store.stop()
            self.make_charts().leave()
        self.window.actions_.allow(ALWAYS)
        for key in STARTING:
            self.window.banners.hush(key)
        self.window.show_page(self.window.opening)

    def show_start(self, why: str) -> None:
        """Show the start page, and why no journal could be opened."""
        from gui.start.page import StartPage

        if self.start_page is None:
            self.start_page = StartPage(self.theme)
            self.menus.connect_start(self.start_page)
        if why:
            self.start_page.say(f"No journal was opened: {why}")
        self.window.foot.setVisible(False)
        self.window.show_page(self.start_page)
        self.start_page.setFocus()
        self.window.actions_.allow(ALWAYS)
        self._call_then()

    # --- showing ---

    def make_charts(self) -> Panes:
        """Make the charts, empty, while the journal is being read."""
        from gui.panes import Panes

        if self.panes is None:
            self.panes = Panes(self.window, self.theme)
        return self.panes

    def show_charts(self, closes: Closes) -> None:
        """Fill the charts with the closes and paint them now."""
        self.make_charts().show_past(closes.past, closes.playbook)
        self.window.show_page(self.window.middle)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.window.repaint()

    @property
    def shows_charts(self) -> bool:
        """Whether the charts of the open journal are in the window."""
        return self.window.pages.currentWidget() is self.window.middle

    def fill(self, loaded: Loaded) -> None:
        """Show everything of a journal that was opened."""
        if self.store is None:
            self._make_others()
        self.window.show_title(loaded.path.name, is_simulated=loaded.facts.is_simulated)
        self.window.actions_.allow(JOURNAL if loaded.read_only else WRITER)
        if loaded.read_only:
            self.window.banners.say("read-only", f"Read-only: {loaded.read_only}", stays=True)
        self.menus.show_facts(loaded)
        self.window.foot.setVisible(True)
        self.the_store.load(loaded.facts, loaded.log)
        if self.incoming is not None:
            self.incoming.begin(loaded)
        self.the_path = loaded.path
        if self.desk.is_open:  # a picture is drawn of facts that were read before, without a journal to work on
            self.menus.keeping.begin(loaded)
        self._call_then()

    def _make_others(self) -> None:
        """Make the store and the screens around the charts."""
        from gui.live.incoming import Incoming
        from gui.store import Store

        panes = self.make_charts()
        panes.add_others(self.theme)
        self.window.restore_panes(self.preferences.text("window.state"))
        self.store = Store(self.options.clock, self)
        self.store.changed.connect(self._show)
        self.window.hidden_changed.connect(lambda hidden: self.the_store.set_hidden(hidden=hidden))
        self.menus.connect_panes(panes)
        self.incoming = Incoming(self)
        self.menus.connect_incoming(self.incoming.folder)

    def _show(self, change: Change) -> None:
        self.make_charts().show(change)

    @property
    def the_store(self) -> Store:
        """The store of an open journal."""
        if self.store is None:
            raise RuntimeError("no journal is open")
        return self.store

    def change_theme(self) -> None:
        """Change to the other theme, and remember it."""
        name = "light" if self.theme.is_dark else "dark"
        self.theme = load_theme(name)
        apply_theme(_application(), self.theme)
        self.window.banners.set_theme(self.theme)
        if self.store is not None:
            self.make_charts().set_theme(self.theme)
            self.menus.set_theme(self.theme)
        if self.start_page is not None:
            self.start_page.set_theme(self.theme)
        self.remember(window__theme=name)

    def change_rules(self, **changes: str) -> None:
        """Put another playbook or formula in force and read the facts anew by it."""
        self.remember(**changes)
        if self.store is not None and self.desk.is_open:
            self.read_again(lambda: None)

    def read_again(self, done: Callable[[], None]) -> None:
        """Read the facts anew: files were imported, the rules changed."""

        def take(loaded: Loaded) -> None:
            self.the_store.reload(loaded.facts, loaded.log)
            self.menus.show_facts(loaded)
            self.keep_past()
            done()

        self.desk.read_again(take, lambda error: self.complain("facts", f"Not read again: {error}"))

    def keep_past(self) -> None:
        """Keep what follows from the closes, so that the next start need not work it out."""
        work = partial(_keep_past, context=self)
        self.desk.submit(
            work,
            lambda _nothing: None,
            lambda error: self.complain("past", f"The next start will be slower: {error}"),
        )

    def say(self, text: str) -> None:
        """Say at the foot of the window what was done."""
        self.menus.quote_line.say(text)

    # --- remembering, complaining, ending ---

    def remember(self, **changes: str) -> None:
        """Keep settings; say so where they could not be kept."""
        from core.refusal import RefusedError

        try:
            self.preferences.change(**changes)
        except (RefusedError, OSError) as error:
            self.complain("settings", f"The settings were not saved: {error}")

    def remember_layout(self) -> None:
        """Keep where the window and its panes are."""
        geometry, state = self.window.layout_text()
        self.remember(window__geometry=geometry, window__state=state)

    def complain(self, key: str, text: str) -> None:
        """Say across the window what could not be done; nothing is lost by it."""
        self.window.banners.say(key, text)

    def shut_down(self) -> None:
        """Stop the store, let the database thread end its work, and wait for it."""
        if self.incoming is not None:
            self.incoming.end()
        if self.store is not None:
            self.store.stop()
            self.make_charts().leave()
        self.menus.cancel()
        self.desk.close()
        self.menus.journals.clean_up()


def _keep_past(journal: OpenJournal, context: Context) -> None:
    keep_past(journal, context.desk.rules(), context.desk.now())


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("there is no application")
    return app
