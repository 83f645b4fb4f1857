"""How large should the hedge be? Every rule side by side, the layers in contracts and dollars, and what binds."""
