"""The object that a WSGI server loads: `nlp_service.wsgi:app`. Load it in the worker, after the fork, never before."""

from nlp_service.app import create_app

app = create_app()
