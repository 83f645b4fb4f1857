"""What the rules say: parameters, ladder, rules, layer states."""
