"""What do the pages claim, and what did one's own account do? Each published number beside the measured one."""

from __future__ import annotations

from dataclasses import dataclass

from core.market.figure import Figure, unknown

TAG = "published claim, unverified"
NEEDS_REPLAY = "cannot tell yet: it needs a replay of the same condors with and without the hedge"
PUBLIC = "public"
PUBLISHED = (
    "drawdowns are cut by 47 %",
    "moderate spikes cost 25-35 % less",
    "a drawdown of 38 % becomes one below 14 %",
    "losses are cut by 40 % above VIX 25",
)
"""What public pages say beside the seeds; they contradict each other (playbook C11)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A published number, its seed or "public", and one's own figure; `tag` stands beside it wherever shown."""

    key: str
    claim: str
    seed: str
    own: Figure
    tag: str = TAG


def claims(credited: Figure, annual: Figure) -> tuple[Claim, ...]:
    """Return the claims of the seeds that a ledger can be held against; drawdowns wait for the replay."""
    drawdown = unknown(NEEDS_REPLAY, "%", "greatest drawdown with the hedge against without")
    return (
        Claim("annual-cost", "the hedge costs 1-2 % a year", "001", annual),
        Claim("months-credited", "net credited in about 65 % of months", "001", credited),
        Claim("drawdown-001", "drawdowns are cut by 35-40 %", "001", drawdown),
        Claim("drawdown-000", "drawdowns are cut by 40-60 %", "000", drawdown),
        *(
            Claim(f"drawdown-public-{number}", claim, PUBLIC, drawdown)
            for number, claim in enumerate(PUBLISHED, 1)
        ),
    )
