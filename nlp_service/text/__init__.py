"""What we know of languages: which one a text is in, where its sentences end, what its words are. No models, no I/O."""
