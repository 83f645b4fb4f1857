"""What is in a file, and what would become of each row? Shown before anything is written."""
