"""Are gain and loss told apart by hue, by lightness and by a sign, for colour-blind eyes too?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from gui.risk.heat_look import STEPS, heat_colours, reach_of, short_dollars

if TYPE_CHECKING:
    from gui.theme import Theme

# Linear RGB as a deuteranope and a protanope see it: Vienot, Brettel and Mollon 1999
BLIND = {
    "deuteranope": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
    "protanope": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
}


def test_colours_are_opaque_and_step_at_zero(any_theme: Theme) -> None:
    colours = heat_colours(any_theme).astype(int)
    assert colours.shape == (2 * STEPS, 4)
    assert (colours[:, 3] == 255).all()
    steps = np.abs(np.diff(colours[:, :3], axis=0)).sum(axis=1)
    assert steps[STEPS - 1] > 4 * np.median(steps)


@pytest.mark.parametrize("kind", BLIND)
def test_full_gain_and_full_loss_differ_to_colour_blind_eyes(any_theme: Theme, kind: str) -> None:
    loss, gain = ((heat_colours(any_theme)[place, :3] / 255) ** 2.2 for place in (0, -1))
    seen = [np.clip(BLIND[kind] @ one, 0, 1) ** (1 / 2.2) for one in (loss, gain)]
    assert np.abs(seen[0] - seen[1]).max() > 0.2


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234.0, "+1.2k"), (-3658.0, "-3.7k"), (12_345.0, "+12k"), (-250.4, "-250"), (0.0, "0"), (2.5e6, "+2.5M")],
)
def test_dollars_are_short_and_signed(value: float, text: str) -> None:
    assert short_dollars(value) == text


def test_the_colour_is_full_where_most_of_the_picture_is_below() -> None:
    dollars = np.append(np.linspace(-1000, 1000, 2001), [1e6, np.nan])
    assert reach_of(dollars) == pytest.approx(920, rel=0.01)  # 92 % of the sizes of -1000..1000
    assert reach_of(np.full((2, 2), np.nan)) == 1.0
    assert reach_of(np.zeros((2, 2))) == 1.0
