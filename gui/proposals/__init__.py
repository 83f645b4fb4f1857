"""What do the rules propose? The list in the order of the seeds, and what one of them would change."""
