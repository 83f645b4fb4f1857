"""A real window in a process of its own, what it shows line by line, and commands in other processes beside it."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
WAIT_S = 30.0

PROGRAM = """
import json, sys, threading, time
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QMetaObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from cli.window import _load_commands
from db.places import settings_file
from gui.app import Application, Options

def tell(**what):
    print(json.dumps(what | {"at": time.time()}), flush=True)

def shown(change):
    state = change.state
    tell(
        changed=sorted(change.moved), spx=state.spx.value, vix=state.vix.value, refused=state.quotes_refused,
        condors=[one.condor.id for one in state.condors], days=state.past.history.length,
        last=str(state.past.history.days[-1]), log=len(change.log),
    )

def watched(what):
    tell(painted=what)
    if what == "filled":
        context = application.context
        context.store.changed.connect(shown)
        banners = context.window.banners
        say = banners.say
        banners.say = lambda key, text, **more: (say(key, text, **more), tell(banner=key, text=text))
        waiting = QTimer(context, interval=5)
        def listening():
            if context.incoming.owner is not None:
                waiting.stop()
                tell(listening=True)
                context.incoming.owner.show_requested.connect(lambda: tell(shown=True))
        waiting.timeout.connect(listening)
        waiting.start()

app = QApplication(["condor-watch"])
options = Options(
    Path(sys.argv[1]), settings_file(), Path(sys.argv[2]), lambda: datetime.now(UTC),
    watch=watched, load_commands=_load_commands,
)
application = Application(options)
application.reporter.happened.connect(lambda text, details: tell(trouble=details))
application.window.show()

class Ear(threading.Thread):
    def run(self):
        sys.stdin.read()
        QMetaObject.invokeMethod(app, "quit", Qt.ConnectionType.QueuedConnection)

Ear(daemon=True).start()
code = app.exec()
application.shut_down()
raise SystemExit(code)
"""


@dataclass
class OpenWindow:
    """A window on a journal. `events` are all that it told so far."""

    journal: Path
    environment: dict[str, str]
    events: list[dict[str, Any]] = field(default_factory=list)

    def __enter__(self) -> Self:
        command = [
            sys.executable,
            "-X",
            "faulthandler",
            "-c",
            PROGRAM,
            str(self.journal),
            str(self.journal.parent),
        ]
        self._errors = tempfile.TemporaryFile("w+")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self._errors, "text": True}
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, **pipes)
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_error: object) -> None:
        was_running = self.process.poll() is None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(WAIT_S)
        self._reader.join(WAIT_S)
        self.process.stdout.close()
        self._drain()
        self._errors.seek(0)
        with self._errors as errors:
            said = errors.read()
        assert not was_running or self.process.returncode == 0, said
        assert "Traceback" not in said, said
        assert [one["trouble"] for one in self.events if "trouble" in one] == []

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def _drain(self) -> None:
        while not self._lines.empty():
            self.events.append(json.loads(self._lines.get()))

    def until(self, is_it: Callable[[dict[str, Any]], bool], after: int = 0) -> dict[str, Any]:
        """Return the first event from number `after` on that is the one waited for."""
        deadline, number = time.monotonic() + WAIT_S, after
        while True:
            for event in self.events[number:]:
                if is_it(event):
                    return event
            number = max(len(self.events), after)
            try:
                line = self._lines.get(timeout=max(deadline - time.monotonic(), 0.01))
            except queue.Empty:
                raise AssertionError(f"it never came; the last events: {self.events[-5:]}") from None
            self.events.append(json.loads(line))

    def until_listening(self) -> None:
        self.until(lambda event: "listening" in event)

    def run(self, *words: str, stdin: str | None = None, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        """Run a command on the same journal as a program of its own."""
        command = [sys.executable, "-m", "cli", "--journal", str(self.journal), *words]
        paths = {"PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command,
            cwd=cwd,
            env=self.environment | paths,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=WAIT_S,
        )


def environment_in(folder: Path, runtime: Path) -> dict[str, str]:
    """Return an environment in which everything of the user's lies in the folder, sockets in the other."""
    places = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "STATE", "CONFIG", "CACHE")}
    return {**os.environ, **places, "XDG_RUNTIME_DIR": str(runtime), "QT_QPA_PLATFORM": "offscreen"}
