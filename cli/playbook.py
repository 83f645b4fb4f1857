"""`playbook list`, `show` and `compare`: what the rules are, without a journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.workspace import playbook_of, show
from core.playbook.compare import comparison_record, heading, playbook_record
from db.places import settings_file
from db.playbooks import load_playbook, playbook_names
from db.settings import load_settings

if TYPE_CHECKING:
    import argparse

    from core.playbook.parameters import Playbook

PUBLIC = "public"
HASH_SHOWN = 12


def run(args: argparse.Namespace) -> int:
    """Run `playbook list`, `show` or `compare`."""
    return {"list": _list, "show": _show, "compare": _compare}[args.act](args)


def _list(args: argparse.Namespace) -> int:
    force = playbook_of(args, load_settings(settings_file()))
    found = [load_playbook(name) for name in playbook_names()]
    rows = [{**heading(playbook), "in_force": playbook.hash == force.hash} for playbook in found]
    record = {"in_force": heading(force), "playbooks": rows}
    return show(args, record, "\n".join(_line(playbook, force) for playbook in found))


def _line(playbook: Playbook, force: Playbook) -> str:
    marks = ["in force"] if playbook.hash == force.hash else []
    marks += ["public, off unless chosen"] if playbook.origin == PUBLIC else []
    told = f" ({'; '.join(marks)})" if marks else ""
    return f"{playbook.name:18}  {playbook.hash[:HASH_SHOWN]}  {playbook.title}{told}"


def _show(args: argparse.Namespace) -> int:
    playbook = load_playbook(args.name) if args.name else playbook_of(args, load_settings(settings_file()))
    record = playbook_record(playbook)
    return show(args, record, _show_text(record))


def _show_text(record: dict[str, Any]) -> str:
    lines = [f"{record['name']}: {record['title']}", f"origin {record['origin']}, hash {record['hash']}"]
    for group, rows in record["parameters"].items():
        lines += ["", group]
        lines += [_parameter_line(row) for row in rows]
    lines += ["", "trees"]
    lines += [f"  {key:18}  {text or '-'}" for key, text in record["trees"].items()]
    return "\n".join(lines)


def _parameter_line(row: dict[str, Any]) -> str:
    changed = f", default {_text(row['default'])}" if row["changed"] else ""
    value = f"{_text(row['value'])} {row['unit']}".rstrip()
    return f"  {row['key']:26}  {value:24}  {row['about']} ({row['source']}{changed}; {row['allowed']})"


def _compare(args: argparse.Namespace) -> int:
    record = comparison_record(load_playbook(args.first), load_playbook(args.second))
    rows = record["differences"]
    head = f"{args.first} against {args.second}: {len(rows)} differences" if rows else "the same rules"
    lines = [f"{row['key']:26}  {_text(row['first']):40}  {_text(row['second'])}" for row in rows]
    return show(args, record, "\n".join([head, *lines]))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value) or "-"
