"""What is there to do before there is a journal? Three choices."""
