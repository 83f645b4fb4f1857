"""Text of a file to records and refusals, one file a layout."""
