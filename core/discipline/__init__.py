"""Was it done as planned and as the rules said? Plans against acts, duties, the steward's score."""
