"""What the numbers mean: no Qt, no SQL, no files, no clock; text, values and `now` come as arguments."""
