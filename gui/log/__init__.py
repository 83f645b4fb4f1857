"""What was written down? The hedge log."""
