"""What do the rules propose for what is held? Decision tables, tickets, and the order of the seeds."""
