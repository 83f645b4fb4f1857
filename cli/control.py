"""`plan seal`, `propose`, `approve`, `reject`, `apply`, `approvers`, `override`: acts that govern, by command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cli.values import date_of, integer_of
from cli.workspace import Workspace, show, writing
from core.journal import control_acts as acts
from core.journal.control import APPROVERS, RULES, control_of
from core.journal.log import log_rows
from core.journal.plan import seal_plan
from core.monitor.evaluate import stamp
from core.refusal import RefusedError
from db.exports.json_log import log_record
from db.journal_store import append, load_book, load_entries
from db.places import settings_file
from db.playbooks import load_playbook
from db.sessions import load_calendar
from db.settings import save_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from core.journal.control import Control, Proposal
    from core.journal.entry import Draft


def run(args: argparse.Namespace) -> int:
    """Run one of the acts of control; `plan show` looks."""
    if args.command == "plan" and args.act == "show":
        from cli.discipline import run as look

        return look(args)
    with writing(args) as workspace:
        control = control_of(load_entries(workspace.connection))
        name = f"{args.command} {args.act}" if args.command in {"plan", "propose"} else args.command
        draft = DRAFTS[name](args, workspace, control)
        code = _record(args, workspace, draft)
        if args.command == "apply":
            _follow(_asked(args, control), args.file)
        return code


def _record(args: argparse.Namespace, workspace: Workspace, draft: Draft) -> int:
    stamped = stamp(workspace.facts(workspace.now))
    book = load_book(workspace.connection)
    entries, _ = append(workspace.connection, book, [draft], [stamped], workspace.now)
    row = log_rows(entries)[0]
    return show(args, log_record(row), f"entry {row.sequence}: {row.what}")


def _seal(args: argparse.Namespace, workspace: Workspace, _: Control) -> Draft:
    connection = workspace.connection
    return seal_plan(
        load_book(connection),
        load_calendar(connection),
        session=date_of("DAY", args.session),
        items=args.items,
        reason=args.reason,
        at=workspace.now,
    )


def _propose_rules(args: argparse.Namespace, workspace: Workspace, control: Control) -> Draft:
    new = load_playbook(args.name)
    return acts.propose_rules(
        control, workspace.playbook, new=new, by=args.by, reason=args.reason, at=workspace.now
    )


def _propose_layer(args: argparse.Namespace, workspace: Workspace, control: Control) -> Draft:
    return acts.propose_layer(
        control,
        workspace.playbook,
        act=args.what.replace("-", " "),
        layer=integer_of("N", args.number),
        condor_id=_number("--condor", args.condor),
        by=args.by,
        reason=args.reason,
        at=workspace.now,
    )


def _propose_override(args: argparse.Namespace, workspace: Workspace, control: Control) -> Draft:
    return acts.propose_override(
        control,
        workspace.playbook,
        against=args.against,
        layer=_number("--layer", args.layer),
        by=args.by,
        reason=args.reason,
        at=workspace.now,
    )


def _propose_approvers(args: argparse.Namespace, workspace: Workspace, control: Control) -> Draft:
    return acts.propose_approvers(
        control, workspace.playbook, names=args.names, by=args.by, reason=args.reason, at=workspace.now
    )


def _approve(args: argparse.Namespace, workspace: Workspace, control: Control) -> Draft:
    proposal = integer_of("SEQ", args.proposal)
    return acts.approve_change(control, proposal=proposal, by=args.by, at=workspace.now)


def _reject(args: argparse.Namespace, workspace: Workspace, control: Control) -> Draft:
    proposal = integer_of("SEQ", args.proposal)
    return acts.reject_change(control, proposal=proposal, by=args.by, reason=args.reason, at=workspace.now)


def _apply(args: argparse.Namespace, workspace: Workspace, control: Control) -> Draft:
    asked = _asked(args, control)
    if asked.about == RULES:
        playbook = load_playbook(args.file or asked.playbook)
        return acts.apply_rules(control, proposal=asked.seq, playbook=playbook, at=workspace.now)
    if asked.about == APPROVERS:
        return acts.name_approvers(control, workspace.playbook, proposal=asked.seq, at=workspace.now)
    raise RefusedError(
        f"proposal {asked.seq} is about a {asked.about}: record the act itself, it names the proposal"
    )


def _approvers(args: argparse.Namespace, workspace: Workspace, control: Control) -> Draft:
    return acts.name_approvers(control, workspace.playbook, names=args.names, at=workspace.now)


def _override(args: argparse.Namespace, workspace: Workspace, control: Control) -> Draft:
    return acts.record_override(
        control,
        against=args.against,
        reason=args.reason,
        layer=_number("--layer", args.layer),
        condor_id=_number("--condor", args.condor),
        proposal=_number("--proposal", args.proposal),
        at=workspace.now,
    )


def _asked(args: argparse.Namespace, control: Control) -> Proposal:
    seq = integer_of("SEQ", args.proposal)
    if seq not in control.proposals:
        raise RefusedError(f"SEQ: entry {seq} is no proposal that stands")
    return control.proposals[seq]


def _number(name: str, text: str | None) -> int | None:
    return None if text is None else integer_of(name, text)


def _follow(proposal: Proposal, file: str | None) -> None:
    """Put the rules into the settings, once the entry that says so is committed."""
    if proposal.about == RULES:
        place = str(Path(file).resolve()) if file else proposal.playbook
        save_settings(settings_file(), {"playbook.name": place, "playbook.edr_formula": ""})


DRAFTS: dict[str, Callable[[argparse.Namespace, Workspace, Control], Draft]] = {
    "plan seal": _seal,
    "propose rules": _propose_rules,
    "propose layer": _propose_layer,
    "propose override": _propose_override,
    "propose approvers": _propose_approvers,
    "approve": _approve,
    "reject": _reject,
    "apply": _apply,
    "approvers": _approvers,
    "override": _override,
}
