"""How does a tree of figures become plain data? Numbers, words, and nulls whose reasons stand in one table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.market.figure import Figure
from core.market.times import iso_utc


@dataclass(frozen=True, slots=True)
class Unknown:
    """A leaf without a value, and why."""

    reason: str


def plain_record(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the tree with figures as numbers or null, and one `unknown` table of the reasons."""
    reasons: dict[str, str] = {}
    record = {key: _plain(node, key, reasons) for key, node in tree.items()}
    record["unknown"] = reasons
    return record


def or_why(value: Any, reason: str) -> Any:
    """Return the value, or why there is none."""
    return Unknown(reason) if value is None else value


def _plain(node: Any, path: str, reasons: dict[str, str]) -> Any:
    if isinstance(node, Figure):
        node = Unknown(node.unknown) if node.value is None else node.value
    if isinstance(node, Unknown):
        reasons[path] = node.reason
        return None
    if isinstance(node, dict):
        return {key: _plain(value, f"{path}.{key}", reasons) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(value, f"{path}.{index}", reasons) for index, value in enumerate(node)]
    return _leaf(node)


def _leaf(node: Any) -> Any:
    if isinstance(node, datetime):
        return iso_utc(node)
    if isinstance(node, date):
        return node.isoformat()
    if isinstance(node, Decimal):
        return float(node)
    if isinstance(node, float) and not math.isfinite(node):
        raise ValueError("a number that is not finite reached a record: it must be a figure with a reason")
    return node
