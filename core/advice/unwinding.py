"""Which layers have done their work? The latest one first, and what it would bring (playbook 7.4, 004-20)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.advice.drafting import base, last_opened_s, with_closing
from core.advice.ground import run_start
from core.advice.records import REALIGNED, Act, Proposal, Situation
from core.market.figure import Figure, known
from core.playbook.kleene import OFF, ON
from core.playbook.ladder import AT_THE_RUNG
from core.playbook.verdict import Says

if TYPE_CHECKING:
    from core.advice.ground import Ground
    from core.positions.book import Layer

TITLE = "the layer's reason is gone"
GAIN_FORMULA = "cash of the layer after fees + model value of its open legs"


def unwindings(ground: Ground) -> list[Proposal]:
    """Return the unwinding of the latest layer whose reason is gone; the others come after it."""
    due = [(layer, reason) for layer in latest_first(ground) if (reason := why_unwind(ground, layer))]
    return [_unwound(ground, layer, reason) for layer, reason in due[:1]]


def latest_first(ground: Ground) -> list[Layer]:
    """Return the live layers, the outermost first: they were added last."""
    return sorted(ground.live_layers, key=lambda layer: layer.number, reverse=True)


def why_unwind(ground: Ground, layer: Layer) -> str:
    """Return why a layer's reason is gone at the last close, "" where it stands or where that is not known.

    Any of: EDR below its own rung by the hysteresis for as many closes, breadth realigned after a divergence,
    RSI of VIX crossed down. The standing layer 1 of a playbook stays, and so does one opened after that close.
    """
    if ground.last < 0 or (layer.number == 1 and ground.playbook.flag("l1.standing")):
        return ""
    if last_opened_s(layer) >= ground.close_s(ground.last):
        return ""
    reasons = (_below_rung(ground, layer.number), _realigned(ground), _rsi_down(ground))
    return "; ".join(reason for reason in reasons if reason)


def _below_rung(ground: Ground, number: int) -> str:
    playbook = ground.playbook
    rung = playbook.number("ladder.start") + playbook.number("ladder.step") * (number - 1)
    level, count = rung - playbook.number("ladder.hysteresis"), playbook.count("ladder.hysteresis_closes")
    edr = ground.past.measured.edr_pct[-count:]
    if len(edr) < count or not np.isfinite(edr).all() or not bool((edr < level - AT_THE_RUNG).all()):
        return ""
    return f"EDR below {level:.2f} % for {count} closes (rung {rung:.2f} %)"


def _realigned(ground: Ground) -> str:
    """Return that breadth is in line again, where it was not within ad.lookback sessions."""
    warned = ground.words("ad_minor")[-ground.playbook.count("ad.lookback") :]
    if not len(warned) or warned[-1] != OFF or not bool((warned == ON).any()):
        return ""
    return "A/D realigned with SPX" if run_start(ground.words("ad_realigned")) >= 0 else ""


def _rsi_down(ground: Ground) -> str:
    return "RSI(VIX) crossed down" if run_start(ground.words("rsi_vix_down")) >= 0 else ""


def _unwound(ground: Ground, layer: Layer, reason: str) -> Proposal:
    row = Situation(REALIGNED, TITLE, Says.ON, reason, "004")
    title = f"unwind layer {layer.number}: latest layer first"
    proposal = with_closing(ground, base(row, Act.UNWIND, title, layer), layer)
    return replace(proposal, gain=gain_of(ground, layer, proposal))


def gain_of(ground: Ground, layer: Layer, proposal: Proposal) -> Figure | None:
    """Return the profit of the layer since it was opened if the ticket were filled, dollars after fees paid."""
    if proposal.net is None or proposal.net.value is None:
        return None
    earned = float(layer.net_cash - layer.earlier_cash) + proposal.net.value
    return known(earned, "$", GAIN_FORMULA, ground.market.inputs)
