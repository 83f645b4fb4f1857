"""What asks for a look? A bar in the window, never a box in the way."""
