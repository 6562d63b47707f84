"""Segment vectors in, topics out: groups of segments that mean the same, with the words that set them apart."""
