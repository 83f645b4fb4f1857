"""Does the sentence name just what is missing for the next state?"""

from __future__ import annotations

from dataclasses import replace

from core.playbook.verdict import Says, Trigger
from gui.why.missing import NOTHING, missing_text
from tests.gui.states import (
    AD_ON,
    LAYER_STATES,
    MACD_OFF,
    MACD_ON,
    RSI_BLOCKS,
    RSI_OFF,
    SPX_RSI_OFF,
    junction,
    rung_rule,
)

L1, L2, L3, L4 = LAYER_STATES


def test_an_off_layer_lacks_what_arms_it() -> None:
    assert missing_text(L4) == "To be armed: EDR rung (+0.03 % to 1.05 %)."


def test_any_of_offers_each_branch_and_all_of_only_what_is_left() -> None:
    both = junction("all", Says.OFF, "arms", SPX_RSI_OFF, replace(SPX_RSI_OFF, rule="backwardation", says=Says.ON))
    tree = junction("any", Says.OFF, "arms", rung_rule(1.05, Says.OFF), both)
    layer = replace(L4, why=(tree, MACD_OFF, RSI_OFF))
    assert missing_text(layer) == "To be armed: EDR rung (+0.03 % to 1.05 %) or (RSI of SPX low (-13.1 to 35.0))."


def test_an_armed_layer_lacks_its_confirmation() -> None:
    assert missing_text(L2) == "To be confirmed: MACD of VIX bullish (+0.06 points to 0.00 points)."


def test_unknown_confirmation_is_named_unknown_never_no() -> None:
    blind = replace(MACD_OFF, says=Says.UNKNOWN, value=None, distance=None)
    gate = replace(RSI_OFF, says=Says.UNKNOWN, value=None, distance=None)
    layer = replace(L2, why=(L2.why[0], blind, gate))
    assert missing_text(layer) == ("To be confirmed: MACD of VIX bullish (unknown) and RSI of VIX high (unknown).")


def test_an_armed_layer_whose_rules_are_met_awaits_the_close() -> None:
    assert missing_text(replace(L2, why=(L2.why[0], MACD_ON, RSI_OFF))) == "To be confirmed: the next close."


def test_a_confirmed_layer_lacks_nothing() -> None:
    assert missing_text(L1) == NOTHING


def test_a_blocked_layer_is_told_what_would_free_it() -> None:
    layer = replace(L2, trigger=Trigger.BLOCKED, why=(AD_ON, MACD_ON, RSI_BLOCKS))
    assert missing_text(layer) == "Free again once RSI of VIX is below 70 (now 74)."
    calmed = replace(RSI_BLOCKS, value=91.04, distance=-21.04)
    assert (
        missing_text(replace(layer, why=(AD_ON, calmed))) == "Free again once RSI of VIX is below 70 (now 91.0)."
    )
    other = replace(RSI_BLOCKS, rule="vx_inverted")
    assert missing_text(replace(layer, why=(AD_ON, other))) == "Free again once VX1 above VX2 is off."


def test_a_macd_above_its_signal_lacks_a_fresh_cross() -> None:
    old = replace(MACD_OFF, value=0.17, threshold=None, distance=None)
    layer = replace(L2, why=(L2.why[0], old, RSI_OFF))
    assert missing_text(layer) == "To be confirmed: MACD of VIX bullish (a fresh cross)."


def test_without_data_it_says_what_is_missing() -> None:
    reason = "Unknown: no market data: import SPX, VIX and VIX9D."
    assert missing_text(replace(L3, why=(), trigger_reason=reason)) == reason


def test_an_unknown_layer_says_what_is_unknown() -> None:
    assert missing_text(L3) == "To be armed: EDR rung (unknown) or regime shift (unknown)."
