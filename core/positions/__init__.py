"""What is held: contracts, condors, layers, the book."""
