"""Does the simulated tape go on where the market stopped?"""

import numpy as np

from resources.sample.market import SimulatedMarket
from resources.sample.tape import simulate_tape


def test_the_tape_continues_the_market(market: SimulatedMarket) -> None:
    tape = simulate_tape(market)
    assert (tape.seconds[0], tape.seconds[-1], len(tape.seconds)) == (0, 23_400, 79)
    assert (np.diff(tape.seconds) == 300).all()
    for quotes, close in (
        (tape.spx, market.spx.close),
        (tape.vix, market.vix.close),
        (tape.vix9d, market.vix9d.close),
    ):
        assert len(quotes) == 79
        assert abs(np.log(quotes[0] / close[-1])) < 0.15
    assert np.abs(np.log(tape.spx / market.spx.close[-1])).max() < 5 * market.sigma[-1]
    assert np.corrcoef(np.diff(np.log(tape.spx)), np.diff(np.log(tape.vix)))[0, 1] < -0.3


def test_the_tape_is_repeatable(market: SimulatedMarket) -> None:
    one, two = simulate_tape(market), simulate_tape(market)
    assert one.spx.tobytes() + one.vix.tobytes() == two.spx.tobytes() + two.vix.tobytes()
