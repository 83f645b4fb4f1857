"""Where do labels go that would cover each other? Apart, in their order, as near to their place as may be."""

from __future__ import annotations


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Return places at least `gap` apart, inside low..high where there is room, in the order of `wanted`.

    Neighbours that would overlap form a block centred on the mean of the places they want.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    blocks: list[tuple[float, int]] = []  # centre, count
    for index in order:
        centre, count = _held(wanted[index], 1, gap, low, high), 1
        while blocks and blocks[-1][0] + (blocks[-1][1] + count) * gap / 2 > centre + 1e-9:
            before, held = blocks.pop()
            centre = (before * held + centre * count) / (held + count)
            count += held
            centre = _held(centre, count, gap, low, high)
        blocks.append((centre, count))
    places = [centre + (k - (count - 1) / 2) * gap for centre, count in blocks for k in range(count)]
    placed = dict(zip(order, places, strict=True))
    return [placed[index] for index in range(len(wanted))]


def _held(centre: float, count: int, gap: float, low: float, high: float) -> float:
    """Return the centre moved so that a block of `count` labels stays inside low..high."""
    half = (count - 1) * gap / 2
    return max(min(centre, high - half), low + half)
