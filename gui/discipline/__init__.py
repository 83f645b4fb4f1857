"""Is the hand steady, and who agreed to what? The screen of control and discipline."""
