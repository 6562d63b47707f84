"""Pages for people: forms, progress and findings, in the reader's language; they work without scripts."""
