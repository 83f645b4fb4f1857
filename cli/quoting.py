"""`quote`: how prices come in by command, as words or line by line from standard input."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.hand_over import owner_line, tell
from cli.journal import journal_path
from cli.usage import UsageError
from cli.values import event_moment
from cli.workspace import Workspace, print_error, show, writing
from core.market.quote import QuoteRefusedError
from core.market.quote_line import MAX_LINE, parse_quote_line
from core.market.times import exchange_time, iso_utc
from core.monitor.live import SYMBOLS
from core.refusal import RefusedError
from db.quote_store import store_quotes
from db.sessions import load_calendar

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import datetime

    from core.market.quote import Quote
    from core.market.quote_line import RefusedPart
    from db.quote_store import StoredQuote

STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Taken:
    """What a command came to: the quotes that were stored, why others were not, and its exit code."""

    code: int
    quotes: tuple[Quote, ...]
    refused: tuple[str, ...] = ()


def run(args: argparse.Namespace) -> int:
    """Take quotes from the command's words, or from standard input as they come."""
    if STANDARD_INPUT in args.quotes:
        _only_standard_input(args)
        return _stream(args)
    with writing(args) as workspace:
        return take_words(args, workspace).code


def take_words(args: argparse.Namespace, workspace: Workspace) -> Taken:
    """Store the quotes of the command's words: all of them, or none where one is refused."""
    at = event_moment(args.at, load_calendar(workspace.connection), workspace.now)
    line = parse_quote_line(" ".join(args.quotes), at)
    if line.refused:
        raise _refusal(line.refused)
    stored = store_quotes(workspace.connection, line.quotes, workspace.now)
    show(args, {"quotes": [_record(one) for one in stored]}, "\n".join(_text(one) for one in stored))
    return Taken(0, line.quotes)


def take_line(args: argparse.Namespace, workspace: Workspace, text: str, number: int) -> Taken:
    """Store the good quotes of one line of standard input, and say which of its parts are none."""
    line = parse_quote_line(text, workspace.now)
    stored = store_quotes(workspace.connection, line.quotes, workspace.now)
    reasons = tuple(part.reason for part in line.refused)
    if args.json and (stored or reasons):
        record = {"line": number, "quotes": [_record(one) for one in stored], "refused": list(reasons)}
        print(json.dumps(record, ensure_ascii=True, allow_nan=False), file=args.out, flush=True)
    elif stored:
        print("\n".join(_text(one) for one in stored), file=args.out, flush=True)
    for reason in reasons:
        print_error(args, f"line {number}: {reason}")
    return Taken(1 if reasons else 0, line.quotes, reasons)


def _only_standard_input(args: argparse.Namespace) -> None:
    if args.quotes != [STANDARD_INPUT] or args.at is not None:
        raise UsageError("quote -: the lines of standard input bring everything, times too: leave the rest out")


def _stream(args: argparse.Namespace) -> int:
    """Take one line after the other until the input ends; the journal is held for one line at a time."""
    code = 0
    for number, text in _lines():
        try:
            code |= _pass_on(args, text, number)
        except RefusedError as error:
            print_error(args, f"line {number}: not stored: {error}")
            code = 1
    return code


def _pass_on(args: argparse.Namespace, text: str, number: int) -> int:
    """Let the window take a line if one has the journal open, else take it here."""
    from gui.live.wire import Request

    with owner_line(journal_path(args)) as owner:
        if owner is not None:
            return tell(owner.ask(Request(tuple(args.words), "", stdin=text, line=number)))
    with writing(args) as workspace:
        return take_line(args, workspace, text, number).code


def _lines() -> Iterator[tuple[int, str]]:
    """Yield the lines of standard input as they come, with their numbers; one that is too long is cut."""
    number, is_rest = 0, False
    while data := sys.stdin.buffer.readline(MAX_LINE + 2):
        if not is_rest:
            number += 1
            text = data.decode("utf-8", "replace").lstrip("\ufeff")
            if text.strip():
                yield number, text
        is_rest = not data.endswith(b"\n")


def _refusal(parts: tuple[RefusedPart, ...]) -> Exception:
    message = "; ".join(part.reason for part in parts)
    if any(part.is_unreadable for part in parts):
        return UsageError(f"quote: {message}")
    return QuoteRefusedError(message)


def _record(one: StoredQuote) -> dict[str, Any]:
    quote = one.quote
    record = {"symbol": quote.symbol, "value": quote.value, "time": iso_utc(quote.time), "source": quote.source}
    return record | {"not_shown": one.set_aside}


def _text(one: StoredQuote) -> str:
    quote = one.quote
    use = "" if quote.symbol in SYMBOLS else f" (kept; only {', '.join(SYMBOLS[:3])} and VX1 to VX8 are used)"
    text = f"{quote.symbol} {quote.value:.12g} at {_time(quote.time)} New York{use}"
    return f"{text}\n  not shown: {one.set_aside}" if one.set_aside else text


def _time(moment: datetime) -> str:
    return exchange_time(moment)
