"""What do optionlab and finplot need for the same? Both want an older pandas: an environment of their own.

It is made when first asked for, in a folder that git ignores, from `requirements-bench.lock`. Where it cannot be
made (no network, no wheel for this system) the comparison is left out and says why.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK, FOLDER = ROOT / "requirements-bench.lock", ROOT / ".venv-bench"
PYTHON = FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = FOLDER / "peers.stamp"
PIP = ("-I", "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--no-deps", "--require-hashes")
LONGEST_S = 900


class PeersMissingError(RuntimeError):
    """The environment of the peers cannot be made; the message says why."""


def peer_python() -> Path:
    """Return the interpreter of the peers' environment, made anew where it is not that of the lock.

    Raises PeersMissingError.
    """
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return PYTHON
    print(f"Making {FOLDER.name} for the peers; this takes a minute.", file=sys.stderr, flush=True)
    venv.create(FOLDER, clear=True, with_pip=True)
    command = [str(PYTHON), *PIP, "--only-binary=:all:", "-r", str(LOCK)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    if done.returncode:
        raise PeersMissingError((done.stderr.strip().splitlines() or ["pip failed"])[-1])
    STAMP.write_text(wanted, encoding="utf-8")
    return PYTHON


def ask_peer(script: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what a script of this folder answers in the peers' environment, JSON in and out.

    Raises PeersMissingError.
    """
    command = [str(peer_python()), str(Path(__file__).with_name(script))]
    own = {
        "QT_QPA_PLATFORM": "offscreen",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
        "PYQTGRAPH_QT_LIB": "PyQt6",
    }
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | own
    done = subprocess.run(
        command,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        env=variables,
        timeout=LONGEST_S,
    )
    if done.returncode:
        raise PeersMissingError((done.stderr.strip().splitlines() or [f"{script} failed"])[-1])
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def optionlab_lines() -> list[str]:
    """Return optionlab beside the engine: greeks of the legs and the break-evens at expiry of bare condors."""
    from benchmarks.peer_legs import bare_condors

    legs, roots, ours = bare_condors()
    try:
        answer = ask_peer("peer_optionlab.py", legs)
    except (PeersMissingError, OSError, subprocess.TimeoutExpired) as missing:
        return [f"optionlab left out: {missing}"]
    matched = zip(roots, answer["roots"], strict=True)
    pairs = [pair for mine, theirs in matched for pair in zip(mine, theirs, strict=True)]
    apart = max(abs(mine - theirs) for mine, theirs in pairs)
    ratio = answer["seconds"] / ours
    told = f"  theirs {1e3 * answer['seconds']:9.1f} ms   ours {1e3 * ours:7.3f} ms   {ratio:8.0f} x"
    return [
        f"optionlab {answer['version']}, {len(roots)} bare condors: greeks of 4 legs, break-evens at expiry",
        f"{told}   roots at most {apart:.3f} points apart (its grid is a cent)",
    ]


def finplot_times(sizes: tuple[int, ...], frames: int) -> dict[int, list[float]] | str:
    """Return finplot's frame times in ms by the number of points, or why there are none."""
    try:
        answer = ask_peer("peer_finplot.py", {"sizes": sizes, "frames": frames})
    except (PeersMissingError, OSError, subprocess.TimeoutExpired) as missing:
        return str(missing)
    return {int(size): times for size, times in answer["times"].items()}
