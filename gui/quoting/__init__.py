"""How does a price come in by hand? One line to type in."""
