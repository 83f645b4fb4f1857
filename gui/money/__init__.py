"""What does it all cost and bring? The screen of the money measures."""
