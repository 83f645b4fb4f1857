"""Which tables of money are there? Returns, carry, months, betas, claims, ledgers: pure, text and tooltips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.money.returns import LARGEST_PCT
from gui.cells import Cell, Rows
from gui.formats import (
    UNKNOWN_TEXT,
    dollars_text,
    figure_role,
    figure_text,
    figure_tooltip,
    number_text,
    profit_text,
)
from gui.money.cards import percent

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.money.carry import CarryRow
    from core.money.money import MoneyState
    from core.money.months import MonthRow
    from core.money.returns import ReturnRow

COLUMNS = ((0, 1, 2, 6, 9, 7), (3, 4, 5, 8))
"""Returns, carry, months, gains, wings, fills; betas, budget, claims, parity."""
MOST_ROWS = 12


def tables_of(state: MoneyState) -> tuple[Rows, ...]:
    """Return the tables in their order."""
    return (
        Rows("Return a year (XIRR)", RETURN_TITLES, tuple(_return(row) for row in state.returns)),
        Rows("Hedge carry by layer", CARRY_TITLES, tuple(_carry(row) for row in state.carry)),
        Rows("Cash by month", MONTH_TITLES, tuple(_month(row) for row in state.months[-MOST_ROWS:])),
        Rows("Beta and required return", ("", "value"), _market(state)),
        Rows("What the hedge costs and pays", ("", "value"), _budget(state)),
        Rows("Published claims, unverified", ("claim", "seed", "yours"), _claims(state)),
        Rows("Realised hedge gains", ("day", "layer", "gain", "so far"), _gains(state)),
        Rows("Fills against the mid", ("day", "fill", "price", "mid", "cost"), _fills(state)),
        Rows("Parity, in ticks", PARITY_TITLES, _parity(state)),
        Rows("SPX wings that finance the hedge", ("day", "layer", "credit", ""), _wings(state)),
    )


RETURN_TITLES = ("", "now", "held", "a layer adds", "net cash")
CARRY_TITLES = ("layer", "held", "a day", "decay", "realised", "fees", "carry (cost +)")
MONTH_TITLES = ("month", "condors", "hedge", "net", "")
PARITY_TITLES = ("option", "strike", "residual", "after cost", "")


def _cell(figure: Figure, text: str, name: str = "") -> Cell:
    shown = UNKNOWN_TEXT if figure.value is None else text
    return Cell(shown, figure_tooltip(figure, name), figure_role(figure))


def _word(text: str, role: str = "text") -> Cell:
    return Cell(text, "", role, is_number=False)


def _signed(amount: float | None) -> str:
    return "text" if not amount else "gain" if amount > 0 else "loss"


def _return(row: ReturnRow) -> tuple[Cell, ...]:
    return (
        _word(row.name),
        _cell(row.now, percent(row.now), row.name),
        _cell(row.hold, percent(row.hold), f"{row.name}, held to expiry"),
        _added(row.change_now),
        Cell(profit_text(row.net), "exact cash after fees"),
    )


def _added(change: Figure) -> Cell:
    """Return what a layer adds to the return; a yearly rate beyond LARGEST_PCT is not told to the point."""
    if change.value is None:
        return Cell("")
    sign = "+" if change.value > 0 else "-"
    far = f"{sign} over {LARGEST_PCT:,.0f} points"
    near = f"{number_text(change.value, 1, is_signed=True)} points"
    text = far if abs(change.value) > LARGEST_PCT else near
    return Cell(text, figure_tooltip(change), _signed(change.value))


def _carry(row: CarryRow) -> tuple[Cell, ...]:
    return (
        _word("all" if row.layer is None else f"L{row.layer}"),
        Cell(dollars_text(row.held)),
        _cell(row.per_day, dollars_text(row.per_day.value), "capital x WACC a day"),
        _cell(row.decay, profit_text(row.decay.value), "premium decay"),
        Cell(profit_text(row.realised), "", _signed(float(row.realised))),
        Cell(dollars_text(row.fees)),
        _cell(row.carry, profit_text(row.carry.value), "carry, positive is a cost"),
    )


def _month(row: MonthRow) -> tuple[Cell, ...]:
    words = [] if row.is_complete else ["not over"]
    words += ["quiet"] if row.is_quiet else []
    return (
        _word(f"{row.month:%Y-%m}"),
        Cell(profit_text(row.condors), "", _signed(float(row.condors))),
        Cell(profit_text(row.hedge), "", _signed(float(row.hedge))),
        Cell(profit_text(row.net), "", _signed(float(row.net))),
        _word(", ".join(words), "text_muted"),
    )


def _market(state: MoneyState) -> tuple[tuple[Cell, ...], ...]:
    found = state.capm
    rows = (
        ("VIX beta to SPX", found.vol_beta, 2),
        ("book beta", found.equity_beta, 2),
        ("required return, VIX exposure", found.required_vol, 1),
        ("required return, book", found.required_book, 1),
        ("VIX delta notional", found.exposure, 0),
        ("moves like so much SPX", found.spx_equivalent, 0),
        ("expected carry of the hedge", found.expected_carry, 0),
        ("VRP, VIX - HV20", found.vrp_points, 2),
        ("VRP, variances", found.vrp_variance, 1),
        ("WACC", state.wacc, 2),
    )
    return tuple(_named(name, figure, decimals) for name, figure, decimals in rows)


def _named(name: str, figure: Figure, decimals: int) -> tuple[Cell, ...]:
    is_yearly = figure.unit == "$ a year"
    text = (
        f"{dollars_text(figure.value, decimals)} a year" if is_yearly else figure_text(figure, decimals=decimals)
    )
    return _word(name), _cell(figure, text, name)


def _budget(state: MoneyState) -> tuple[tuple[Cell, ...], ...]:
    outlay = state.outlay
    rows = (
        ("spent in 365 days", outlay.spent, 2),
        ("implied by the credit budget", outlay.implied, 2),
        ("income a month after hedge", state.income, 2),
        ("income on equity", state.income_yield, 2),
        ("forgone in quiet months", state.forgone, 2),
        ("paid by own SPX wings", state.self_funding, 1),
        *((_payoff_name(number), ratio, 0) for number, ratio in state.payoff.items()),
        ("gains realised", state.gains, 2),
        ("capital for so many", state.gains_capacity, 0),
        ("slippage against the mid", state.slippage, 2),
    )
    return tuple(_named(name, figure, decimals) for name, figure, decimals in rows)


def _payoff_name(number: int | None) -> str:
    return "paid out of what was put in" if number is None else f"L{number} paid out of what was put in"


def _claims(state: MoneyState) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            _word(claim.claim),
            _word(claim.seed),
            Cell(
                "cannot tell yet" if claim.own.value is None else percent(claim.own),
                f"{claim.tag}\n{figure_tooltip(claim.own, 'yours')}",
                figure_role(claim.own),
            ),
        )
        for claim in state.claims
    )


def _gains(state: MoneyState) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            _word(str(row.day)),
            _word(f"L{row.layer}"),
            Cell(profit_text(row.gain), "", _signed(float(row.gain))),
            Cell(profit_text(row.total), "", _signed(float(row.total))),
        )
        for row in state.gain_rows[-MOST_ROWS:]
    )


def _wings(state: MoneyState) -> tuple[tuple[Cell, ...], ...]:
    words = {True: "low VIX, as the seed has it", False: "▼ VIX was not low", None: "VIX unknown then"}
    return tuple(
        (
            _word(str(row.day)),
            _word(f"L{row.layer}"),
            Cell(profit_text(row.credit), "", _signed(float(row.credit))),
            _word(words[row.is_low_vix], "text_muted" if row.is_low_vix else "amber"),
        )
        for row in state.funding[-MOST_ROWS:]
    )


def _fills(state: MoneyState) -> tuple[tuple[Cell, ...], ...]:
    quoted = [row for row in state.fills if row.cost is not None]
    return tuple(
        (
            _word(str(row.day)),
            _word(row.text),
            Cell(number_text(row.price)),
            Cell(number_text(row.mid)),
            Cell(profit_text(row.cost), row.source, _signed(-float(row.cost or 0))),
        )
        for row in quoted[-MOST_ROWS:]
    )


def _parity(state: MoneyState) -> tuple[tuple[Cell, ...], ...]:
    widest = sorted(state.parity, key=lambda row: -max(row.conversion_ticks, row.reversal_ticks))[:MOST_ROWS]
    return tuple(
        (
            _word(f"{row.root} {row.expiry}"),
            Cell(
                f"{row.strike:g}",
                f"forward {row.forward:.2f}, {row.forward_source}, financing {row.rate_pct:.2f} %",
            ),
            Cell(number_text(row.residual_ticks, 1, is_signed=True)),
            Cell(number_text(max(row.conversion_ticks, row.reversal_ticks), 1, is_signed=True)),
            _word(row.pays, "text" if row.pays.startswith("neither") else "gain"),
        )
        for row in widest
    )


def notes_of(state: MoneyState) -> str:
    """Return what is assumed, and what no table could be made of."""
    told = [*state.notes, "condors count with the capital of their wider wing"]
    if not state.parity:
        told.append(f"parity: {state.parity_unknown}")
    return "; ".join(told)
