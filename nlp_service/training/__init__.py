"""Labelled corpora in, heads and scorecards out."""
