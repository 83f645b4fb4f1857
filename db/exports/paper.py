"""Which inks does a printed page have? Dark on white, whatever theme the window has."""

from __future__ import annotations

INK, MUTED, ALARM, RULE, HAIRLINE = "#1b1b1b", "#555555", "#8a1c00", "#444444", "#cccccc"
