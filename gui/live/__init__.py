"""What comes in by itself while the window is open? Files of a watched folder, requests of other processes."""
