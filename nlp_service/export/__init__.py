"""Analyses and reports as plain JSON values and as text for people."""
