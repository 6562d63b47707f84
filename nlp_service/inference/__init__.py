"""Texts in, vectors and task scores out: one encoder pass, then linear heads."""
