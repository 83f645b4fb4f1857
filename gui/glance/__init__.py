"""What does a trader read in two seconds? One row of figures."""
