"""The simulated market that the demo shows: seeded numbers, nobody's prices, explained in docs/simulation.md."""
