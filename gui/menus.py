"""Who does what is asked for? Connects menus, keys and the panes' wishes with the work."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from gui.actions import PLAYBOOK
from gui.journals import Journals

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QActionGroup

    from gui.context import Context
    from gui.jobs import Loaded
    from gui.live.folder_desk import FolderDesk
    from gui.panes import Panes
    from gui.start.page import StartPage
    from gui.theme import Theme


class Menus(QObject):
    """The wiring of one window. What needs an open journal is connected when the panes are there."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context, self._window = context, context.window
        self.journals = Journals(context)
        self._waiting: list[Path] = []
        self._why_not = ""
        self._groups: dict[str, QActionGroup] = {}
        self._window.files_dropped.connect(self.import_files)
        works: dict[str, Callable[[], None]] = {
            "new": self.journals.new,
            "open": self.journals.open,
            "demo": self.journals.open_demo,
            "quit": self._quit,
            "theme": context.change_theme,
            "full_screen": self._toggle_full_screen,
            "layout": self._window.put_back,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
            "folder": self._open_log_folder,
        }
        self._window.actions_.connect(works)

    def connect_start(self, page: StartPage) -> None:
        """Give the start page's choices their work."""
        page.demo_requested.connect(self.journals.open_demo)
        page.new_requested.connect(self.journals.new)
        page.import_requested.connect(self._begin_with_import)

    def connect_panes(self, panes: Panes) -> None:
        """Give the work that needs a journal to menus, keys and panes."""
        from gui.data.desk import DataDesk
        from gui.entering import Entering
        from gui.governing import Governing
        from gui.importing.desk import Importing
        from gui.keeping.desk import Keeping
        from gui.log.exporting import Exporting
        from gui.playbook.desk import PlaybookDesk
        from gui.quoting.line import QuoteLine
        from gui.recorder import Recorder

        context = self._context
        self.recorder = Recorder(context)
        self.entering = Entering(context, self.recorder, panes.book)
        self.importing, self.market_data = Importing(context), DataDesk(context)
        self.parameters = PlaybookDesk(context)
        self.exporting = Exporting(context, panes.log)
        self.keeping = Keeping(context, panes.book)
        self.governing = Governing(context, self.recorder, panes.screens)
        self.quote_line = QuoteLine(context.theme, context.options.clock)
        self._window.foot.addWidget(self.quote_line, 1)
        self.quote_line.entered.connect(self.recorder.take_quotes)
        self.quote_line.refused.connect(context.the_store.refuse)
        self.quote_line.left.connect(panes.go_back)
        panes.offer_risk(context.say, partial(context.complain, "risk"))
        panes.alerts.acknowledge_requested.connect(self.recorder.acknowledge)
        panes.log.export_requested.connect(self.exporting.ask)
        panes.proposals.accepted.connect(self.entering.accept)
        self._window.actions_.connect(self._works(panes))

    def connect_incoming(self, folder: FolderDesk) -> None:
        """Give the watched folder its place in the menu."""
        from gui.importing.choosing import choose_folder

        watch = partial(choose_folder, self._window, folder.choose)
        self._window.actions_.connect({"watch": watch, "unwatch": folder.leave})

    def _works(self, panes: Panes) -> dict[str, Callable[[], None]]:
        from core.positions.book import LAYER_NUMBERS

        works: dict[str, Callable[[], None]] = {
            "import": self.importing.ask_for_files,
            "paste": self.importing.paste,
            "data": self.market_data.show_page,
            "export": self.exporting.ask,
            "condor": self.entering.open_condor,
            "legs": self.entering.add_legs,
            "layer": self.entering.open_layer,
            "account": self.entering.state_account,
            "note": self.entering.write_note,
            "name": self.entering.name_layer,
            "quote": self.quote_line.focus,
            "acknowledge": panes.alerts.acknowledge_first,
        }
        works |= self.keeping.works() | self.governing.works()
        works |= {f"layer{number}": partial(panes.show_layer, number) for number in LAYER_NUMBERS}
        works["risk"] = panes.show_risk
        places = {"charts": panes.charts, "why": panes.why, "positions": panes.book, "log": panes.log}
        places |= {"proposals": panes.proposals, "size": panes.sizing}
        return works | {key: partial(panes.go_to, pane) for key, pane in places.items()}

    def show_facts(self, loaded: Loaded) -> None:
        """Take on what a journal brings that was opened or read again, and files that waited for it."""
        self._make_playbook_menu(loaded)
        self._say_why_not(loaded.read_only)
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.import_files(waiting)

    @property
    def why_not(self) -> str:
        """Why nothing can be written, "" where it can."""
        return self._why_not

    def _say_why_not(self, reason: str) -> None:
        """Say wherever something is entered why nothing can be written, "" where it can."""
        self._why_not, panes = reason, self._context.make_charts()
        panes.alerts.set_why_not(reason)
        panes.book.set_why_not(reason)
        self.governing.set_why_not(reason)
        panes.proposals.set_why_not(reason)
        self.quote_line.set_why_not(reason)
        self._window.actions_.say_why_not(reason)

    def _make_playbook_menu(self, loaded: Loaded) -> None:
        from core.playbook.edr_study import rung_shares
        from db.playbooks import load_playbook, playbook_names
        from gui.playbook.values import shares_of

        self._window.actions_.menus[PLAYBOOK].clear()
        playbook = loaded.facts.playbook
        presets = [(name, load_playbook(name).title) for name in playbook_names()]
        own = self._context.preferences.text("playbook.name")
        if own not in playbook_names():
            presets.append((own, f"Your own: {Path(own).name}"))
        chosen_rules = own if playbook.name == Path(own).stem else playbook.name
        rungs = rung_shares(loaded.facts.past.measured, playbook, slice(None))
        formulas = [(one.formula, f"{one.formula}   {one.text}   {shares_of(one)}".rstrip()) for one in rungs]
        for title, options, chosen, work in (
            ("Rules", presets, chosen_rules, self.choose_playbook),
            ("Formula of EDR", formulas, playbook.text("edr.formula"), self.choose_formula),
        ):
            self._groups[title] = self._window.actions_.choices(PLAYBOOK, title, options, chosen, work)
        menu = self._window.actions_.menus[PLAYBOOK]
        menu.addSeparator()
        menu.addAction("&Parameters…").triggered.connect(lambda _checked=False: self.parameters.show_parameters())

    def choose_playbook(self, name: str) -> None:
        """Put a preset in force, with its own formula of EDR."""
        self._context.change_rules(playbook__name=name, playbook__edr_formula="")

    def choose_formula(self, name: str) -> None:
        """Put a formula of EDR in force."""
        self._context.change_rules(playbook__edr_formula=name)

    def import_files(self, paths: list[Path]) -> None:
        """Look at files that were dropped or chosen; without a journal one is begun for them first."""
        if self._context.store is not None and self._context.desk.is_open:
            if self._why_not:
                self._context.complain("import", f"Nothing can be imported: {self._why_not}")
            else:
                self.importing.look_at(paths)
            return
        self._waiting = paths
        if not self._context.desk.is_open:
            self.journals.new()

    def _begin_with_import(self) -> None:
        from gui.importing.choosing import choose_files

        choose_files(self._window, self.import_files)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.quote_line.set_theme(theme)
        self.governing.set_theme()

    def cancel(self) -> None:
        """Let long work end early: the window is closing."""
        if hasattr(self, "importing"):
            self.importing.cancel()
            self.exporting.cancel()
            self.keeping.cancel()

    def _quit(self) -> None:
        self._window.close()

    def _toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def _show_shortcuts(self) -> None:
        from gui.help import shortcuts_box

        shortcuts_box(self._window).open()

    def _show_about(self) -> None:
        from gui.help import about_box

        about_box(self._window).open()

    def _open_log_folder(self) -> None:
        folder = self._context.options.state_folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
