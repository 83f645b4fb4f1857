"""What is an option worth on a forward, and which volatility does a price imply? Black's formula of 1976."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.valuation.roots import refined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SQRT_TWO_PI = math.sqrt(2 * math.pi)
TINY = 1e-300  # keeps logarithms of zero finite
WIDEST_TOTAL_VOLATILITY = 80.0  # sigma sqrt(T) at which a call is worth its forward in float64
ROUNDS = 6  # to 80 / 64**6 = 1e-9, then a straight line


@dataclass(frozen=True, slots=True)
class NoVolatility:
    """Why no volatility explains a price."""

    reason: str


def price(  # noqa: PLR0913, PLR0917 - the six terms of the formula
    forward: ArrayLike,
    strike: ArrayLike,
    sigma: ArrayLike,
    years: ArrayLike,
    right_sign: ArrayLike,
    discount: ArrayLike,
) -> NDArray[np.float64]:
    """Return option prices in points (Black 1976), the arguments broadcast against each other.

    `right_sign` is 1 for calls and -1 for puts, `sigma` a share a year, `discount` = exp(-rate * years).
    With no time or no volatility left: the discounted intrinsic value.
    """
    from scipy.special import ndtr  # 0.2 s at import: only where an option has to be priced

    f, k, sign = (np.asarray(value, np.float64) for value in (forward, strike, right_sign))
    total = np.asarray(sigma, np.float64) * np.sqrt(np.maximum(years, 0.0))
    is_alive = total > 0
    spread = total if is_alive.all() else np.where(is_alive, total, 1.0)
    d1 = np.log(np.maximum(f, TINY) / np.maximum(k, TINY)) / spread + spread / 2
    alive = sign * (f * ndtr(sign * d1) - k * ndtr(sign * (d1 - spread)))
    if spread is not total:
        alive = np.where(is_alive, alive, np.maximum(sign * (f - k), 0.0))
    return np.asarray(discount * alive)


def price_and_delta(  # noqa: PLR0913, PLR0917 - the six terms of the formula
    forward: ArrayLike,
    strike: ArrayLike,
    sigma: ArrayLike,
    years: ArrayLike,
    right_sign: ArrayLike,
    discount: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return `price` and `delta` of options that are alive (sigma and years above zero), in one evaluation."""
    from scipy.special import ndtr

    f, k, sign, df = (np.asarray(value, np.float64) for value in (forward, strike, right_sign, discount))
    total = np.asarray(sigma, np.float64) * np.sqrt(years)
    d1 = np.log(np.maximum(f, TINY) / k) / total + total / 2
    slope = df * sign * ndtr(sign * d1)
    return f * slope - (df * sign) * k * ndtr(sign * (d1 - total)), slope


def delta(  # noqa: PLR0913, PLR0917 - the six terms of the formula
    forward: ArrayLike,
    strike: ArrayLike,
    sigma: ArrayLike,
    years: ArrayLike,
    right_sign: ArrayLike,
    discount: ArrayLike,
) -> NDArray[np.float64]:
    """Return what `price` gains for a point of the forward, the arguments those of `price`; negative for puts.

    With no time or no volatility left: the discount in the money, else nothing.
    """
    from scipy.special import ndtr

    f, k, sign = (np.asarray(value, np.float64) for value in (forward, strike, right_sign))
    total = np.asarray(sigma, np.float64) * np.sqrt(np.maximum(years, 0.0))
    spread = np.where(total > 0, total, 1.0)
    d1 = np.log(np.maximum(f, TINY) / np.maximum(k, TINY)) / spread + spread / 2
    return np.asarray(discount) * sign * np.where(total > 0, ndtr(sign * d1), sign * (f - k) > 0)


class Greeks(NamedTuple):
    """Price and its derivatives in points, each with the broadcast shape of what was asked.

    `delta` and `gamma` for a point of the forward, `vega` for a volatility 1.00 higher, `theta` for a year that
    passes while the forward stands still.
    """

    price: NDArray[np.float64]
    delta: NDArray[np.float64]
    gamma: NDArray[np.float64]
    vega: NDArray[np.float64]
    theta: NDArray[np.float64]


def greeks(  # noqa: PLR0913, PLR0917 - the terms of the formula
    forward: ArrayLike,
    strike: ArrayLike,
    sigma: ArrayLike,
    years: ArrayLike,
    right_sign: ArrayLike,
    discount: ArrayLike,
    rate: ArrayLike,
) -> Greeks:
    """Return price, delta, gamma, vega and theta (Black 1976), arguments as for `price`, `rate` a year.

    With no time or no volatility left: intrinsic, its slope, and nothing else.
    """
    from scipy.special import ndtr

    f, k, sign, df = (np.asarray(value, np.float64) for value in (forward, strike, right_sign, discount))
    root = np.sqrt(np.maximum(years, 0.0))
    total = np.asarray(sigma, np.float64) * root
    is_alive = total > 0
    spread = np.where(is_alive, total, 1.0)
    d1 = np.log(np.maximum(f, TINY) / np.maximum(k, TINY)) / spread + spread / 2
    slope = np.where(is_alive, ndtr(sign * d1), sign * (f - k) > 0)
    worth = np.where(
        is_alive, sign * (f * slope - k * ndtr(sign * (d1 - spread))), np.maximum(sign * (f - k), 0.0)
    )
    density = np.where(is_alive, np.exp(-0.5 * d1 * d1) * (df / SQRT_TWO_PI), 0.0)
    price_points, vega = df * worth, f * density * root
    half_decay = vega * np.asarray(sigma) / np.where(root > 0, 2 * root * root, 1.0)
    return Greeks(
        price_points,
        df * sign * slope,
        density / (np.maximum(f, TINY) * spread),
        vega,
        np.where(is_alive, np.asarray(rate) * price_points - half_decay, 0.0),
    )


def implied_volatilities(  # noqa: PLR0913, PLR0917 - the six terms of the formula
    price_points: ArrayLike,
    forward: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    right_sign: ArrayLike,
    discount: ArrayLike,
) -> NDArray[np.float64]:
    """Return the volatilities (share a year, one-dimensional) that the prices imply, NaN where there is none."""
    columns = np.broadcast_arrays(price_points, forward, strike, years, right_sign, discount)
    target, f, k, t, sign, df = (np.atleast_1d(column).astype(np.float64) for column in columns)
    least, bound = df * np.maximum(sign * (f - k), 0.0), df * np.where(sign > 0, f, k)
    out = np.full(target.shape, np.nan)
    has = np.flatnonzero((t > 0) & (f > 0) & (k > 0) & (target > least) & (target < bound))
    if not len(has):
        return out
    target, f, k, sign, df = (column[has, None] for column in (target, f, k, sign, df))
    total = refined(
        lambda points: price(f, k, points, 1.0, sign, df) - target,
        np.zeros(len(has)),
        np.full(len(has), WIDEST_TOTAL_VOLATILITY),
        ROUNDS,
    )
    out[has] = total / np.sqrt(t[has])
    return out


def implied_volatility(  # noqa: PLR0913, PLR0917 - the six terms of the formula
    price_points: float, forward: float, strike: float, years: float, right_sign: int, discount: float
) -> float | NoVolatility:
    """Return the volatility that one price implies, as a share a year, or why there is none."""
    arguments = (price_points, forward, strike, years, right_sign, discount)
    sigma = float(implied_volatilities(*arguments)[0])
    return NoVolatility(why_none(*arguments)) if math.isnan(sigma) else sigma


def why_none(  # noqa: PLR0913, PLR0917 - the six terms of the formula
    price_points: float, forward: float, strike: float, years: float, right_sign: int, discount: float
) -> str:
    """Return the reason why a price implies no volatility, where `implied_volatilities` gave NaN."""
    if not all(map(math.isfinite, (price_points, forward, strike, years, discount))):
        return "price, forward or time is not a number"
    if years <= 0:
        return "no time is left to the expiry"
    if forward <= 0 or strike <= 0:
        return "forward and strike must be above zero"
    least = discount * max(right_sign * (forward - strike), 0.0)
    if price_points <= least:
        return f"price {price_points:g} is not above the intrinsic value {least:.2f} on the forward {forward:.2f}"
    bound = discount * (forward if right_sign > 0 else strike)
    return f"price {price_points:g} is not below {bound:.2f}, the most that the option can be worth"
