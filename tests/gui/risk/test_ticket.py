"""Is a proposed ticket read as a fill is typed, and refused with a reason?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.positions.leg import parse_fill
from core.risk_state import ProposedFill
from gui.risk.ticket import TicketField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_ticket_is_read_as_a_fill_is_typed(qtbot: QtBot) -> None:
    ticket, told = TicketField(), []
    qtbot.addWidget(ticket)
    ticket.changed.connect(lambda: told.append(ticket.fills))
    ticket.show_condors([2])
    texts = [ticket.holding.itemText(row) for row in range(ticket.holding.count())]
    assert texts[:4] == [f"L{number} of the book" for number in (1, 2, 3, 4)]
    assert texts[4:6] == ["condor 2", "L1 of condor 2"]
    first, second = "+2 VIX 2027-01-20 C 26 @ 1.65", "-2 VIX 2027-01-20 C 40 @ 0.55"
    ticket.line.setText(f"{first}; {second};")
    ticket.holding.setCurrentIndex(5)
    ticket.line.editingFinished.emit()
    assert told == [tuple(ProposedFill(parse_fill(text), 1, 2) for text in (first, second))]


def test_a_ticket_that_cannot_be_read_proposes_nothing_and_says_why(qtbot: QtBot) -> None:
    ticket = TicketField()
    qtbot.addWidget(ticket)
    ticket.line.setText("two calls")
    ticket.line.editingFinished.emit()
    assert ticket.fills == ()
    assert ticket.trouble.text().startswith("✕ leg 'two calls'")
    ticket.clear()
    assert (ticket.line.text(), ticket.trouble.text()) == ("", "")


def test_a_proposal_from_elsewhere_stays_as_it_is_until_it_is_typed_over(qtbot: QtBot) -> None:
    ticket, told = TicketField(), []
    qtbot.addWidget(ticket)
    ticket.changed.connect(lambda: told.append(ticket.fills))
    ticket.show_condors([2])
    close, buy = parse_fill("-2 VIX 2027-01-20 C 26 @ 1.65"), parse_fill("+2 VIX 2027-02-17 C 26 @ 2.05")
    fills = (ProposedFill(close, 1, 2), ProposedFill(buy, 1, None))
    ticket.propose(fills)
    assert ticket.fills == fills
    assert ticket.line.text() == "-2 VIX 2027-01-20 C 26 @ 1.65; +2 VIX 2027-02-17 C 26 @ 2.05"
    assert (ticket.holding.currentIndex(), ticket.trouble.text()) == (-1, "of 2 holdings")
    ticket.line.editingFinished.emit()
    ticket.show_condors([2, 3])
    assert (ticket.fills, told) == (fills, [])
    ticket.propose(fills[:1])
    assert ticket.holding.currentText() == "L1 of condor 2"
    ticket.line.setText("+1 VIX 2027-01-20 C 30 @ 1.00")
    ticket.line.editingFinished.emit()
    assert told == [(ProposedFill(parse_fill("+1 VIX 2027-01-20 C 30 @ 1.00"), 1, 2),)]
