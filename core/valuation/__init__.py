"""What it is worth: prices, payoffs, break-evens."""
