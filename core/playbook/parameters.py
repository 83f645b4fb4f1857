"""Which playbook is in force? Its parameters and and/or trees, read from TOML, checked, and hashed."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from core.measures.settings import MeasureSettings
from core.playbook.registry import PARAMETERS, Parameter, Value
from core.playbook.rules import RULES
from core.playbook.trees import Tree, TreeRefusedError, parse_tree, rules_of, tree_data
from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

LAYER_NUMBERS = (1, 2, 3, 4)
_NAME = re.compile(r"[A-Za-z0-9_.-]{0,24}", re.ASCII)
MAX_TITLE = 120
_MAX_TOLD = 60
_MAX_KEY_PARTS = 4
_PARTS = frozenset({"arm", "confirm", "block"})
_TABLES = frozenset({"title", "origin", "parameters", "layers"})
ORIGINS = ("seeds", "000", "001", "002", "003", "004", "public", "own")


class PlaybookRefusedError(RefusedError):
    """A playbook that is none; the message names the playbook, the key and what it may hold."""


@dataclass(frozen=True, slots=True)
class LayerTrees:
    """The rules of one layer. Without `confirm` an armed layer is confirmed; without `block` never blocked."""

    arm: Tree
    confirm: Tree | None = None
    block: Tree | None = None


@dataclass(frozen=True)
class Playbook:
    """Every parameter by key, and the trees of layers 1..4.

    `origin` is one of ORIGINS: the seed document it follows, "seeds" for all five, "public" for a page that
    is none of them (in force only if it is chosen), "own" for the user's.
    """

    name: str
    title: str
    values: Mapping[str, Value]
    trees: Mapping[int, LayerTrees]
    origin: str = "own"

    def number(self, key: str) -> float:
        """Return a parameter of kind "number" or "count"."""
        return float(self.values[key])

    def count(self, key: str) -> int:
        """Return a parameter of kind "count"."""
        return int(self.values[key])

    def text(self, key: str) -> str:
        """Return a parameter of kind "text"."""
        return str(self.values[key])

    def flag(self, key: str) -> bool:
        """Return a parameter of kind "flag"."""
        return bool(self.values[key])

    @cached_property
    def named_rules(self) -> frozenset[str]:
        """The rules that the trees name."""
        parts = (tree for trees in self.trees.values() for tree in (trees.arm, trees.confirm, trees.block))
        return frozenset(name for tree in parts if tree is not None for name in rules_of(tree))

    @cached_property
    def hash(self) -> str:
        """The SHA-256 (hex) of values and trees as canonical JSON: equal rules, equal hash, whatever the name."""
        layers = {str(number): _trees_data(trees) for number, trees in self.trees.items()}
        data = {"layers": layers, "values": {**self.values}}
        return sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def parse_playbook(text: str, name: str) -> Playbook:
    """Return the playbook that a TOML text writes; parameters that it does not name have their default.

    Raises PlaybookRefusedError, naming the key and what it may hold.
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # tomllib lets huge integers and deep nesting through to Python
        raise PlaybookRefusedError(f"playbook {name}: not TOML: {error}") from None
    for key in data.keys() - _TABLES:
        raise PlaybookRefusedError(f"playbook {name}: {key}: only {', '.join(sorted(_TABLES))} are known here")
    title = data.get("title", name)
    if not isinstance(title, str) or len(title) > MAX_TITLE or not title.isprintable():
        raise PlaybookRefusedError(f"playbook {name}: title: write one line of at most {MAX_TITLE} characters")
    origin = data.get("origin", "own")
    if origin not in ORIGINS:
        raise PlaybookRefusedError(f"playbook {name}: origin: write one of {', '.join(ORIGINS)}")
    defaults = MappingProxyType({key: parameter.default for key, parameter in PARAMETERS.items()})
    empty = Playbook(name, title, defaults, MappingProxyType(_layers(data.get("layers"), name)), origin)
    return with_values(empty, _flat(data.get("parameters", {}), name))


def with_values(playbook: Playbook, values: Mapping[str, object]) -> Playbook:
    """Return the playbook with some parameters changed, checked as those of a file are.

    Raises PlaybookRefusedError, naming the key and its range.
    """
    checked = {key: _checked(key, value, playbook.name) for key, value in values.items()}
    changed = replace(playbook, values=MappingProxyType({**playbook.values, **checked}))
    _check_together(changed)
    return changed


def measure_settings(playbook: Playbook) -> MeasureSettings:
    """Return with which lengths and limits this playbook has the measures taken."""
    number, count = playbook.number, playbook.count
    return MeasureSettings(
        edr_formula=playbook.text("edr.formula"),
        edr_mult=number("edr.mult"),
        vix_ma=count("vix.ma"),
        macd_fast=count("macd.fast"),
        macd_slow=count("macd.slow"),
        macd_signal=count("macd.signal"),
        rsi_n=count("rsi.n"),
        universe=playbook.text("breadth.universe"),
        ad_window=count("ad.window"),
        ad_lookback=count("ad.lookback"),
        ad_z=count("ad.z"),
        ad_minor=number("ad.minor"),
        ad_moderate=number("ad.moderate"),
        ad_pronounced=number("ad.pronounced"),
        ad_pronounced_sessions=count("ad.pronounced_sessions"),
        backwardation_min_days=count("backwardation.min_days"),
    )


def _checked(key: str, value: object, name: str) -> Value:
    parameter = PARAMETERS.get(key)
    if parameter is None:
        raise PlaybookRefusedError(f"playbook {name}: there is no parameter {key!r:.{_MAX_TOLD}}")
    if not _fits(parameter, value):
        raise PlaybookRefusedError(f"playbook {name}: {key}: {value!r:.{_MAX_TOLD}} is not {parameter.allowed}")
    return float(cast("float", value)) if parameter.kind == "number" else cast("Value", value)


def _fits(parameter: Parameter, value: object) -> bool:
    if parameter.kind == "flag":
        return isinstance(value, bool)
    if parameter.kind == "text":
        named = isinstance(value, str) and _NAME.fullmatch(value) is not None
        return named and (not parameter.choices or value in parameter.choices)
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    is_number = is_whole or (parameter.kind == "number" and isinstance(value, float))
    return is_number and parameter.low <= cast("float", value) <= parameter.high


_ASCENDING = (
    ("macd.fast", "macd.slow"),
    ("ad.window", "ad.lookback"),
    ("ad.minor", "ad.moderate"),
    ("ad.moderate", "ad.pronounced"),
    ("zones.amber", "zones.red"),
    ("regime.low_vix", "regime.high_vix"),
    ("regime.low_from", "regime.low_to"),
    ("regime.middle_from", "regime.middle_to"),
    ("regime.high_from", "regime.high_to"),
    ("ladder.base", "ladder.max_cover"),
    ("ad.layer_low", "ad.layer_high"),
    ("theta.window_end", "theta.window_start"),
    ("bounds.offset_low", "bounds.offset_high"),
    ("liquidity.morning_start", "liquidity.morning_end"),
    ("liquidity.afternoon_start", "liquidity.afternoon_end"),
    ("approvals.needed", "approvals.of"),
)


def _check_together(playbook: Playbook) -> None:
    for low, high in _ASCENDING:
        if playbook.number(low) > playbook.number(high) or (
            low in {"macd.fast", "ad.window"} and playbook.number(low) == playbook.number(high)
        ):
            told = f"{playbook.number(low):g} must be below {high} ({playbook.number(high):g})"
            raise PlaybookRefusedError(f"playbook {playbook.name}: {low}: {told}")


def _flat(table: object, name: str, prefix: str = "") -> dict[str, object]:
    """Return nested tables as dotted keys: `edr.formula = "A"` in TOML is a table in a table."""
    if not isinstance(table, dict) or prefix.count(".") >= _MAX_KEY_PARTS:
        raise PlaybookRefusedError(f"playbook {name}: {prefix.rstrip('.') or 'parameters'}: write key = value")
    flat: dict[str, object] = {}
    for key, value in table.items():
        inner = _flat(value, name, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
        flat.update(inner)
    return flat


def _layers(data: object, name: str) -> dict[int, LayerTrees]:
    expected = {str(number) for number in LAYER_NUMBERS}
    if not isinstance(data, dict) or data.keys() != expected:
        raise PlaybookRefusedError(f"playbook {name}: layers: write [layers.1] to [layers.4], each with arm = ..")
    return {number: _layer(data[str(number)], number, name) for number in LAYER_NUMBERS}


def _layer(data: object, number: int, name: str) -> LayerTrees:
    if not isinstance(data, dict) or "arm" not in data or data.keys() - _PARTS:
        raise PlaybookRefusedError(f"playbook {name}: layers.{number}: write arm, and if wanted confirm and block")
    trees: dict[str, Tree] = {}
    for part, tree in data.items():
        try:
            trees[part] = parse_tree(tree, RULES)
        except TreeRefusedError as error:
            raise PlaybookRefusedError(f"playbook {name}: layers.{number}.{part}: {error}") from None
    return LayerTrees(trees["arm"], trees.get("confirm"), trees.get("block"))


def _trees_data(trees: LayerTrees) -> dict[str, object]:
    return {part: tree_data(getattr(trees, part)) for part in sorted(_PARTS)}
