"""Do the layers' accounts agree with sums made by hand, and with the book however it was traded?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from core.journal import acts
from core.journal.fold import fold
from core.journal.ledger import LedgerFacts, credit_of, hedge_ledger
from core.journal.log import log_rows, totals
from core.journal.log_choice import LogChoice, log_choice
from core.journal.postings import postings
from core.journal.undo import draft_undo
from core.market.figure import Figure, known, unknown
from core.positions.book import Account, Book, LayerKey
from core.positions.leg import opened_for
from db.playbooks import load_playbook
from tests.core.journal.desk import MORNING, Desk, d, legs
from tests.core.journal.walk import WALKS, Choice, Walk

if TYPE_CHECKING:
    from core.journal.entry import Entry
    from core.journal.ledger_lines import Ledger

END = datetime(2018, 4, 10, 20, 0, tzinfo=UTC)  # 90 days after the first act


def rolled() -> Desk:
    """Return a desk that bought calls, sold half dearer, rolled the rest at a loss, and hedged with a future."""
    desk = Desk()
    desk.do(acts.open_condor, fees=d("52"))  # 10 x 5.20 x 100 = 5,200 of credit
    desk.do(acts.open_layer, fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"), fees=d("2.60"))
    desk.do(acts.close_layer, fills=legs("-2 VIX 2018-03-21 C 25 @ 2.00"), fees=d("1.30"))
    closing, opening = legs("-2 VIX 2018-03-21 C 25 @ 0.50"), legs("+2 VIX 2018-04-18 C 22 @ 1.75")
    desk.do(acts.roll_layer, close_fills=closing, open_fills=opening, fees=d("2.60"))
    desk.do(acts.open_layer, number=2, fills=legs("+1 VX 2018-03-21 @ 15.10"), fees=d("2.25"))
    desk.do(acts.close_layer, number=2, fills=legs("-1 VX 2018-03-21 @ 16.35"), fees=d("2.25"))
    desk.do(acts.state_account)
    return desk


def ledger_of(entries: list[Entry], choice: LogChoice, **more: object) -> Ledger:
    book = fold(entries)
    given_facts: dict[str, object] = {
        "end": END,
        "before": {},
        "after": {},
        "names": book.layer_names,
        "open_keys": frozenset((layer.number, layer.condor_id) for layer in book.open_layers),
        "account": book.account,
        "playbook": load_playbook("composite"),
    }
    return hedge_ledger(entries, choice, LedgerFacts(**(given_facts | more)))  # type: ignore[arg-type]


def test_each_entry_is_posted_as_by_hand() -> None:
    found = postings(rolled().entries)
    assert [(one.premium, one.realised, one.held, one.carried) for one in found] == [
        (d("480"), d("0"), d("480"), d("2.60")),  # 4 x 1.20 x 100
        (d("0"), d("160"), d("240"), d("2.60") + d("1.30") - d("160")),  # 2 x (2.00 - 1.20) x 100
        (d("350"), d("-140"), d("350"), d("6.50") - d("160") + d("140")),  # 2 x (0.50 - 1.20) x 100
        (d("0"), d("0"), d("0"), d("2.25")),  # a future costs nothing to open
        (d("0"), d("1250"), d("0"), d("4.50") - d("1250")),  # 1.25 x 1000
    ]
    assert [one.chain for one in found] == [2, 2, 2, 5, 5]


def test_the_lines_add_up_as_by_hand() -> None:
    desk = rolled()
    gains = {(1, None): known(-50.0, "$")}  # the calls that cost 350 are worth 300
    first, second, total = ledger_of(desk.entries, LogChoice(), after=gains).lines
    assert (first.premium, first.realised, first.fees, first.held) == (d("830"), d("20"), d("6.50"), d("350"))
    assert first.decay.value == 50
    assert first.carry.value == pytest.approx(50 - 20 + 6.50)
    assert first.carried == d("-13.50")  # 6.50 of fees less 20 gained
    assert first.premium_pct_of_credit.value == pytest.approx(100 * 830 / 5200)
    assert first.carry_pct_of_credit.value == pytest.approx(100 * 36.50 / 5200)
    assert first.carry_pct_of_account.value == pytest.approx(100 * 36.50 / 250_000)
    assert (second.realised, second.fees, second.carry.value) == (d("1250"), d("4.50"), -1245.5)
    assert (total.premium, total.realised, total.fees) == (d("830"), d("1270"), d("11.00"))
    assert total.carry.value == pytest.approx(36.50 - 1245.50)


def test_carry_is_what_the_cash_and_the_value_say() -> None:
    """Carry = -(net cash + value of the open legs): another way to the same number."""
    desk = rolled()
    first = ledger_of(desk.entries, LogChoice(), after={(1, None): known(-50.0, "$")}).lines[0]
    held = desk.book.layers[1, None]
    assert first.carry.value == pytest.approx(-float(held.net_cash + Decimal(300)))


def test_the_budgets_are_those_of_the_playbook() -> None:
    desk = rolled()
    budgets = ledger_of(desk.entries, LogChoice(), after={(1, None): known(-50.0, "$")}).budgets
    assert [(one.key, one.limit_pct, one.verdict) for one in budgets] == [
        ("budget.L1", 10.0, "over"),  # 830 of 5,200 is 16 %
        ("budget.L1", 10.0, "within"),
        ("annual.cost_warn", 2.0, "within"),
    ]
    assert budgets[2].measured.value == pytest.approx(100 * (36.50 - 1245.50) / 250_000 * 365 / 90)


def test_what_is_not_known_is_said_and_not_counted_as_nothing() -> None:
    entries = rolled().entries
    blind = ledger_of(entries, LogChoice(), after={(1, None): unknown("no VIX value", "$")}, account=None)
    assert blind.lines[0].carry.unknown == "no VIX value"
    assert blind.lines[-1].decay.unknown == "no VIX value"
    assert blind.lines[1].carry_pct_of_account.unknown == "the account was not stated"
    assert blind.budgets[2].verdict == "unknown"
    without = ledger_of(entries, log_choice(condors=[7]))
    assert without.lines[-1].premium_pct_of_credit.unknown == "no condor brought a credit in the period"


def test_a_period_counts_what_happened_in_it_and_what_its_open_legs_lost() -> None:
    desk = rolled()
    later = MORNING + timedelta(days=20)
    desk.do(acts.close_layer, fills=legs("-1 VIX 2018-04-18 C 22 @ 2.25"), fees=d("0.65"), at=later)
    choice = log_choice(first=date(2018, 1, 20))
    gains: dict[LayerKey, Figure] = {(1, None): known(-50.0, "$")}
    line = ledger_of(desk.entries, choice, before=gains, after={(1, None): known(5.0, "$")}).lines[0]
    assert (line.premium, line.realised, line.fees, line.held) == (d("0"), d("50"), d("0.65"), d("175"))
    assert line.decay.value == -55
    assert line.carry.value == pytest.approx(-55 - 50 + 0.65)


def test_the_credit_is_that_of_openings_and_rolls() -> None:
    desk = Desk()
    desk.do(acts.open_condor)
    desk.do(acts.close_condor, quantity=4)
    desk.do(acts.roll_condor)  # six at 6.10
    assert credit_of(desk.entries, LogChoice()) == d("5200") + 6 * d("610")
    assert credit_of(desk.entries, log_choice(condors=[2])) == 0


def test_a_chain_goes_from_flat_through_its_rolls() -> None:
    chains = ledger_of(rolled().entries, LogChoice()).chains
    assert [(one.key, [step.row.sequence for step in one.steps], one.is_open) for one in chains] == [
        ((1, None), [2, 3, 4], True),
        ((2, None), [5, 6], False),
    ]


def test_an_undone_act_is_in_no_account_and_the_log_still_adds_up() -> None:
    desk = rolled()
    before = ledger_of(desk.entries, LogChoice()).lines
    desk.do(acts.open_layer, number=3, fills=legs("+9 VIX 2018-04-18 C 30 @ 1"), fees=d("5"))
    for draft in draft_undo(desk.entries):
        desk.entries.append(_linked(desk, draft))
    assert ledger_of(desk.entries, LogChoice()).lines == before
    *_, together = totals(log_rows(desk.entries))
    assert (together.cash, together.fees) == _held(fold(desk.entries))


def _linked(desk: Desk, draft: object) -> Entry:
    from core.journal.chain import link
    from core.journal.entry import Stamp

    last = desk.entries[-1]
    return link(draft, Stamp(), seq=last.seq + 1, prev=last.hash, recorded_at=last.recorded_at)  # type: ignore[arg-type]


def _held(book: Book) -> tuple[Decimal, Decimal]:
    every = (*book.condors.values(), *book.layers.values())
    return sum((one.cash for one in every), Decimal(0)), sum((one.fees for one in every), Decimal(0))


@given(WALKS)
def test_however_it_was_traded_log_ledger_and_book_agree_to_the_last_decimal(choices: list[Choice]) -> None:
    walk = Walk()
    for choice in choices:
        walk.step(choice)
    entries, book = walk.desk.entries, walk.desk.book
    *_, together = totals(log_rows(entries))
    assert (together.cash, together.fees) == (walk.cash, walk.fees) == _held(book)
    if not entries:
        return
    far = max(entry.event_time for entry in entries) + timedelta(days=1)
    account = Account(far, d("1"), d("1"), d("1"))
    lines = ledger_of(entries, LogChoice(), end=far, account=account).lines
    for line in lines[:-1]:
        layers = book.layers_numbered(line.layer or 0)
        cost = sum((leg.price or 0) * leg.quantity * leg.contract.multiplier for one in layers for leg in one.legs)
        assert line.cash == sum((one.cash for one in layers), Decimal(0))
        assert float(line.held) == pytest.approx(float(cost - sum(opened_for(one.legs) for one in layers)))
        assert line.realised == line.cash + line.held  # what was not paid for what is held was realised
        assert line.fees == sum((one.fees for one in layers), Decimal(0))
