"""How does a document become pages? Painted as PDF, with nothing loaded from anywhere."""
