"""Which EDR, VIX and SPX belong together? One level carried to the other two, each step assumed and named.

VIX9D moves with VIX (or is VIX, where it stands in), HV20 stays as it is, and SPX follows VIX by the base
response map; with a close more HV20 would move too, a little.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.measures.edr import FORMULAS, edr_pct, multiplier_of
from core.measures.spot_vol import BASE, spx_at, vix_at
from core.measures.volatility import YEARLY
from core.playbook.verdict import Level, Says, Switch

if TYPE_CHECKING:
    from core.playbook.readings import Seen

ASSUMED = "VIX9D moves with VIX, HV20 stays, SPX by the base response (assumed)"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the market is: SPX and VIX in points, VIX9D, HV20 and EDR in percent; NaN where unknown."""

    spx: float
    vix: float
    vix9d: float
    hv20: float
    edr: float
    formula: str
    multiplier: float

    def edr_at(self, vix: float) -> float:
        """Return EDR with VIX at that level."""
        vix9d, hv20, level = np.array([[self.vix9d * vix / self.vix], [self.hv20], [vix]])
        return float(edr_pct(self.formula, self.multiplier, vix9d, hv20, level)[0])

    def vix_at_edr(self, edr: float) -> float:
        """Return the VIX that makes EDR so large; not above 0 where HV20 alone makes it larger."""
        formula = FORMULAS[self.formula]
        total = edr * YEARLY / self.multiplier
        held = formula.hv20 * self.hv20 if formula.hv20 else 0.0
        moving = (formula.vix9d * self.vix9d / self.vix if formula.vix9d else 0.0) + formula.vix
        return (total - held) / moving


def place_of(seen: Seen) -> Place:
    """Return where the market is at the session that is seen."""
    names = ("spx", "vix", "vix9d_used", "hv20_pct", "edr_pct")
    spx, vix, vix9d, hv20, edr = (float(getattr(seen.measured, name)[seen.index]) for name in names)
    formula = seen.measured.edr_formula
    multiplier = multiplier_of(formula, seen.playbook.number("edr.mult"), seen.measured.spx, seen.measured.vix)
    held = multiplier if isinstance(multiplier, float) else float(multiplier[seen.index])
    return Place(spx, vix, vix9d, hv20, edr, formula, held)


def at_edr(seen: Seen, turns: Says, edr: float, note: str = "") -> Switch:
    """Return the switch at a level of EDR, carried to VIX and SPX."""
    place = place_of(seen)
    if not math.isfinite(place.edr):
        return Switch(turns, note=_told("EDR is unknown", note))
    level = Level(edr, place.edr)
    vix = place.vix_at_edr(edr)
    if not vix > 0:
        why = "no VIX above 0 would do it: HV20 alone keeps EDR there" if math.isfinite(vix) else "VIX is unknown"
        return Switch(turns, level, note=_told(why, note))
    carried = _with_spx(place, turns, vix, note)
    return Switch(turns, level, carried.vix, carried.spx, carried.note)


def at_vix(seen: Seen, turns: Says, vix: float | None, note: str = "") -> Switch:
    """Return the switch at a level of VIX, carried to EDR and SPX; None where no level would do."""
    place = place_of(seen)
    if vix is None or not vix > 0:
        return Switch(turns, note=_told("no close of VIX above 0 would do it", note))
    if not math.isfinite(place.vix):
        return Switch(turns, note=_told("VIX is unknown", note))
    return _with_spx(place, turns, vix, note)


def at_spx(seen: Seen, turns: Says, spx: float | None, note: str = "") -> Switch:
    """Return the switch at a level of SPX, carried to VIX and EDR; None where no level would do."""
    place = place_of(seen)
    if spx is None:
        return Switch(turns, note=_told("no close of SPX above 0 would do it", note))
    level = Level(spx, place.spx)
    if not math.isfinite(place.vix):
        return Switch(turns, spx=level, note=_told("VIX is unknown", note))
    vix = float(vix_at(spx, place.spx, place.vix, BASE))
    return Switch(turns, _edr_level(place, vix), Level(vix, place.vix), level, _told(note, ASSUMED))


def _with_spx(place: Place, turns: Says, vix: float, note: str) -> Switch:
    level, edr = Level(vix, place.vix), _edr_level(place, vix)
    if not math.isfinite(place.spx):
        return Switch(turns, edr, level, note=_told(note, "SPX is unknown"))
    spx = float(spx_at(vix, place.spx, place.vix, BASE))
    if math.isnan(spx):
        return Switch(turns, edr, level, note=_told(note, "the response map has no SPX for a VIX outside 9 to 90"))
    return Switch(turns, edr, level, Level(spx, place.spx), _told(note, ASSUMED))


def _edr_level(place: Place, vix: float) -> Level | None:
    edr = place.edr_at(vix)
    return Level(edr, place.edr) if math.isfinite(edr) and math.isfinite(place.edr) else None


def _told(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
