"""What is held? The table of condors and layers."""
