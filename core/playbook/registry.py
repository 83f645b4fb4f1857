"""Which parameters does a playbook have? Every key of the playbook's registry, with its default and source.

`source` is the seed document that gives the value, or "assumption" where the seeds give none: every such
default is the user's to change.
"""

from __future__ import annotations

from types import MappingProxyType

from core.playbook.hedge_keys import BANDS, LADDER, LAYERS, SIZING
from core.playbook.house_keys import APPROVALS, BOUNDS, CAPITAL, CONDOR, HOURS, VALUATION
from core.playbook.market_keys import BREADTH, CALENDAR, CURVE, GRADES, MEASURES, REGIME
from core.playbook.parameter import ASSUMPTION, Parameter, Value

__all__ = ["ASSUMPTION", "GRADES", "GROUPS", "PARAMETERS", "Parameter", "Value"]

GROUPS = MappingProxyType(
    {
        "measures": MEASURES,
        "breadth": BREADTH,
        "curves": CURVE,
        "regimes": (*REGIME, *BANDS),
        "calendar": CALENDAR,
        "ladder": LADDER,
        "layers": LAYERS,
        "sizing": SIZING,
        "condor": CONDOR,
        "bounds": BOUNDS,
        "hours": HOURS,
        "approvals": APPROVALS,
        "valuation": VALUATION,
        "capital": CAPITAL,
    }
)
"""The parameters in the order in which they are shown, by heading."""

PARAMETERS = MappingProxyType({p.key: p for group in GROUPS.values() for p in group})
