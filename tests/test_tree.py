"""Does the tree stand alone? No tracked text names a folder of somebody's machine or a package registry."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Put together from pieces, so that this file does not name what it looks for.
FOLDERS = "/(?:" + "work|root|home|tmp|Users)" + "/"
HOSTS = r"\b(?:py" + r"pi\.org|python" + r"hosted\.org|ana" + r"conda\.(?:org|com))\b"
FORBIDDEN = re.compile(f"(?<![\\w.$}}>]){FOLDERS}|{HOSTS}")


def tracked_files() -> list[Path]:
    """Return the files that git keeps (a checkout may belong to another user than the one that tests it)."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"not a git checkout: {done.stderr.strip()}")
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('open("/' + 'tmp/x")', True),
        ("see /" + "home/me/journal", True),
        ("pip install -i https://py" + "pi.org/simple", True),
        ("a/" + "work/around, half-time/" + "home/away", False),
        ("resources/sample", False),
    ],
)
def test_the_pattern_sees_a_machine_and_nothing_else(text: str, named: bool) -> None:
    assert bool(FORBIDDEN.search(text)) is named


def test_no_file_names_a_machine_or_a_registry() -> None:
    seen = {}
    for path in tracked_files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if FORBIDDEN.search(line):
                seen[f"{path.relative_to(ROOT)}:{number}"] = line.strip()[:120]
    assert seen == {}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock", "requirements-bench.lock"])
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^[\w.-]+==\S+[^\n]*\\\n +--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[\w]", text, re.MULTILINE)) > 20
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash)", text, re.MULTILINE)
