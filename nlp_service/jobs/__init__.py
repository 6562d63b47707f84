"""Work that outlives a request; the only place for huey."""
