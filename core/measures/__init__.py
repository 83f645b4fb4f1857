"""What follows from the market: EDR, indicators, breadth, curve, spot-vol response."""
