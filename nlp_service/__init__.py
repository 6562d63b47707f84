"""A self-hosted text-insight service: customers' words in, structured themes with evidence out."""

__version__ = "0.1.0"
