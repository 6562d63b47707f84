"""Sentences by language: for every kind of cue and every emotion those that show it, and those that only resemble it."""

from tests.analysis.experience_rows import dutch, italian, portuguese, russian

ROWS = {"pt": portuguese, "it": italian, "ru": russian, "nl": dutch}
