"""How does a trader say what was done? Dialogs that build a checked draft."""
