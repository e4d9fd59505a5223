"""A price in the reader's language, with Flask-Babel."""

from flask import Flask, request
from flask_babel import Babel, format_decimal

app = Flask(__name__)


def choose_locale():
    return request.accept_languages.best_match(["de", "en"])


Babel(app, locale_selector=choose_locale)


@app.get("/price")
def price():
    return format_decimal(1234.5)
