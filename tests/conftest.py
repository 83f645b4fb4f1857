"""What must stand before the first test: Qt drawing to memory, and the system libraries that it loads."""

import os

import pytest

import run

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"

# pytest-qt would die of the first missing library in a page of its own internals: say it in one line, before it.
_missing = run.missing_parts(window=False, venv=False)
if _missing:
    pytest.exit(f"Qt cannot load {', '.join(_missing)}: `python3 run.py test` installs that or says how.", 2)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the harnesses of tests/faults saw, from whichever process ran them."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    lines = [
        text
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, text in report.user_properties
        if name == "figures"
    ]
    if lines:
        terminalreporter.section("figures of the harnesses")
        for line in lines:
            terminalreporter.write_line(line)
