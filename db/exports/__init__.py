"""In which forms does the hedge log leave the program? One file a form, all from the same record."""
