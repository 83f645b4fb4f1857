"""What is there to see at one moment: figures, states and alerts from facts, by one pure function."""
