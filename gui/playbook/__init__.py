"""Which parameters has the playbook, and what may they be? Changed here, written as a file of the user's own."""
