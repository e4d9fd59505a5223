"""A blueprint with one view, and what it tells."""

from flask import Blueprint, request


def blueprint(name, **options):
    """A blueprint with one view that tells its endpoint and arguments."""
    made = Blueprint(name, __name__, **options)
    made.add_url_rule("/", "index", lambda **values: [request.endpoint, values])
    return made


def ask(app, url, **options):
    response = app.test_client().get(url, **options)
    return response.json if response.is_json else response.status_code
