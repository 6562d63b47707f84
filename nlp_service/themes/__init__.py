"""Topics and readings to findings: themes with their numbers and quotes, and requests with their askers."""
