"""Task scores to values: what a segment feels and does, and what its record says as a whole."""
