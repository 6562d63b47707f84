"""`python -m nlp_service`."""

from nlp_service.cli import main

main()
