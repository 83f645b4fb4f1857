"""What does it all cost, and what does it bring? Returns, carry, budgets, claims beside one's own figures."""
