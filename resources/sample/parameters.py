"""Which numbers shape the simulated market? All of them, each explained in docs/simulation.md."""

from __future__ import annotations

# What the simulation calls itself.
SOURCE = "SIMULATED"
UNIVERSE = "SIM500"
SEED = 25
SESSIONS = 1500
SESSIONS_A_YEAR = 252

# The phases at the end, in sessions; before them the market is left to chance.
QUIET = 90
DIVERGENCE = 32
FALL = 6
RECOVERY = 24
LEAST_SESSIONS = 252

# Regimes: calm, nervous, stressed. Chance of tomorrow's regime (column) given today's (row).
TRANSITION = ((0.992, 0.008, 0.0), (0.018, 0.970, 0.012), (0.0, 0.05, 0.95))
REGIME_VOL_PCT = (9.5, 16.0, 29.0)
REGIME_DRIFT_PCT = (0.07, 0.0, -0.15)

# The index: GJR-GARCH around the regime's variance, Student-t shocks.
FIRST_LEVEL = 1000.0
GROWTH_A_YEAR = 0.045
MOST_GROWTH = 0.25
ALPHA = 0.02
LEVERAGE = 0.13
BETA = 0.85
DEGREES_OF_FREEDOM = 6.0

# The script of the last phases.
GRIND = 4
DIVERGENCE_GAIN_PCT = 5.5
DIVERGENCE_VOL_PCT = 7.5
FALL_PCT = (-0.9, -2.0, -3.4, 1.1, -4.1, -2.7)
FALL_JITTER_PCT = 0.15
FALL_VOL_PCT = 38.0
RECOVERY_GAIN_PCT = 6.0
RECOVERY_VOL_PCT = 16.5
RECOVERY_VOL_HALVING = 5.0
HV_WINDOW = 20

# Days: how much of a session's variance lies before the open.
OVERNIGHT_SHARE = 0.2
INTRADAY_ROUGHNESS = 0.6

# VIX: mean reversion in logs, a response to the index, noise of its own.
VIX_PREMIUM_POINTS = 3.5
VIX_PREMIUM_FACTOR = 1.05
VIX_HORIZON = 21
VIX_PULL = 0.09
RESPONSE_DOWN = 4.5
RESPONSE_UP = 3.4
RESPONSE_FADES_ABOVE = 18.0
VIX_NOISE = 0.038
VIX_STIFF_BELOW = 12.0
VIX_OPEN_NOISE = 0.03
VIX_DAY_NOISE = 0.012
VIX_LEAST = 9.25
VIX_MOST = 90.0
VIX_BEFORE_FALL = 13.5
VIX_PEAK = 41.0
VIX_END = 16.8
VIX_FALL_PULL = 0.7
VIX_RECOVERY_PULL = 0.35
VIX_DECAY = 5.0

# VIX9D and VIX3M: VIX and the distance from its own slow mean.
SLOW_MEAN = 60
VIX9D_STRETCH = 0.2
VIX9D_NOISE = 0.04
VIX9D_MEMORY = 0.7
VIX3M_SHARE = 0.62
VIX3M_NOISE = 0.006

# The VX curve.
ANCHOR_POINTS = 10.5
ANCHOR_FACTOR = 0.65
VX_TERM_POINTS = 4.5
VX_RESPONSE_DAYS = 10.0
VX_NOISE = 0.02
VX_MEMORY = 0.9
VX_TICKS_A_POINT = 40

# The 500 stocks.
STOCKS = 500
WEIGHT_DECAY = 0.7
STOCK_BETA_SPREAD = 0.25
STOCK_VOL_PCT = 1.3
STOCK_VOL_SPREAD = 0.3
TILT_VOL_PCT = 0.22
TILT_DRIFT_PCT = -0.03
TILT_DIVERGENCE_PCT = 0.65
STOCK_UNREST_POWER = 0.25
STOCK_PRICE = 80.0
STOCK_PRICE_SPREAD = 0.7
STOCK_TICK = 0.01

# The quotes of one day.
TAPE_STREAM = 8
TAPE_STEP_SECONDS = 300
SESSION_SECONDS = 23_400
