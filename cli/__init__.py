"""The same work without a window; every command has --json."""
