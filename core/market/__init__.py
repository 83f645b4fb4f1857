"""What the market says: quotes, series, sessions, and how old each value is."""
