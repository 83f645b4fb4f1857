"""What must not stand in a log? Secrets, account numbers, and the folder that names its user."""

from __future__ import annotations

import re
from pathlib import Path

HIDDEN = "[hidden]"
_SECRETS = (
    re.compile(r"(?i)\b(authorization\s*[:=]\s*(?:bearer|basic|token)?\s*)[^\s,;\"']+"),
    re.compile(r"(?i)\b((?:api[_-]?key|access[_-]?key|secret|token|password|passwd|pwd|t|q)\s*=\s*)[^\s&,;\"']+"),
    re.compile(r"(?i)(\"(?:api[_-]?key|secret|token|password)\"\s*:\s*\")[^\"]+"),
    re.compile(r"(?i)\b(account(?:\s*(?:number|id|no\.?))?\s*[:=#]?\s*)(?=[A-Z]*\d)[A-Z]{0,3}\d[\d-]{4,}"),
)
_ACCOUNT = re.compile(r"\b(?:U|DU|F)\d{6,9}\b")
_ADDRESS = re.compile(r"\b(https?://[^\s/?#]+)[^\s\"']*")


def redacted(text: str, home: Path | None = None) -> str:
    """Return text for a log: secrets and account numbers hidden, addresses cut to their host, home as ~."""
    for secret in _SECRETS:
        text = secret.sub(rf"\1{HIDDEN}", text)
    text = _ADDRESS.sub(r"\1/…", _ACCOUNT.sub(HIDDEN, text))
    folder = str(home or Path.home())
    return text.replace(folder, "~") if len(folder) > 1 else text
