"""How is the journal kept from the window? Backups, checks, and acts that are taken back."""
