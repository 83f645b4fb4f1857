"""What the user sees; widgets hold no truths."""
