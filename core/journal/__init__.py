"""What was decided: entries, the chain, and the book that follows from them."""
