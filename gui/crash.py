"""What happens to an error that nobody expected? It is written to a log and said in the window, never silent."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

if TYPE_CHECKING:
    import logging
    from io import TextIOWrapper
    from pathlib import Path
    from types import TracebackType
    from typing import TextIO

LOG_NAME = "condor-watch.log"
MAX_BYTES, BACKUPS = 1_000_000, 3
LOUD = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class CrashReporter(QObject):
    """Catches what no other code caught, in every thread. `happened` carries one line and the details.

    `folder` is where the log is kept; it is made with the first line that is written.
    """

    happened = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log_file = folder / LOG_NAME
        self._logger: logging.Logger | None = None
        self._before: tuple[Any, Any, Any, Any] | None = None
        self._faults: TextIO | None = None

    def install(self) -> None:
        """Take over Python's and Qt's hooks."""
        before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        sys.unraisablehook = self._on_unraisable
        self._before = (*before, qInstallMessageHandler(self._on_qt_message))

    @property
    def is_installed(self) -> bool:
        """Whether the hooks are taken over; a picture that is written without a window takes none."""
        return self._before is not None

    def remove(self) -> None:
        """Give the hooks back, and close the log."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook, handler = self._before
            qInstallMessageHandler(handler)
            self._before = None
        if self._faults is not None:
            import faulthandler

            faulthandler.disable()
            if sys.__stderr__ is not None:
                faulthandler.enable(sys.__stderr__)
            self._faults.close()
            self._faults = None
        if self._logger is not None:
            for handler in list(self._logger.handlers):
                handler.close()
                self._logger.removeHandler(handler)
            self._logger = None

    def note(self, text: str) -> None:
        """Write a line to the log that is no error of ours."""
        self._write(text)

    def watch_for_crashes(self) -> TextIO | None:
        """Have the tracebacks of a crash below Python written to a file; return it, None where it cannot be made.

        What a crash of before left there is taken over into the log.
        """
        import faulthandler

        path = self.log_file.with_suffix(".fault")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            left = path.read_text("utf-8", errors="replace")
            self._faults = path.open("w", encoding="utf-8")
        except OSError as error:
            self._write(f"{path}: {error.strerror}")
            return None
        if left.strip():
            self._write(f"left by a crash:\n{left}")
        faulthandler.enable(self._faults)
        return self._faults

    def report(self, error: BaseException) -> None:
        """Log an error with its traceback, print it, and say it."""
        details = "".join(traceback.format_exception(error))
        self._write(details)
        print(details, file=sys.stderr, end="")  # noqa: T201 - a terminal that is there shall see it
        self.happened.emit(f"an unexpected error: {_one_line(error)}", f"{details}\nLog: {self.log_file}")

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def _on_thread_error(self, told: threading.ExceptHookArgs) -> None:
        self.report(told.exc_value or told.exc_type())

    def _on_unraisable(self, told: Any) -> None:
        """Report an error in a place where Python cannot raise it: a destructor, a callback."""
        self.report(told.exc_value or told.exc_type())

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        self._write(f"Qt {kind.name} {context.category}: {message}")
        if kind in LOUD:
            self.happened.emit(f"an unexpected error: {message}", message)

    def _write(self, text: str) -> None:
        """Write to the log; where that cannot be, the terminal has the reason."""
        try:
            from db.redact import redacted

            self._log().error(redacted(text))
        except OSError as error:
            print(f"condor-watch: {self.log_file}: {error.strerror}", file=sys.stderr)  # noqa: T201

    def _log(self) -> logging.Logger:
        if self._logger is None:
            self._logger = _open_log(self.log_file)
        return self._logger


def _open_log(path: Path) -> logging.Logger:
    """Return a logger to a file that turns over, readable by its owner alone."""
    import logging
    from logging.handlers import RotatingFileHandler

    class OwnersFile(RotatingFileHandler):
        """A log whose files are made 0600."""

        def _open(self) -> TextIOWrapper:
            os.close(os.open(self.baseFilename, os.O_CREAT | os.O_WRONLY, 0o600))
            return super()._open()

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    logger = logging.Logger("condor-watch")  # noqa: LOG001 - not a global one: each reporter has its own file
    handler = OwnersFile(path, maxBytes=MAX_BYTES, backupCount=BACKUPS, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger.addHandler(handler)
    return logger


def _one_line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
