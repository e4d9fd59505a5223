"""An app that answers once a day, with Flask-Limiter."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

app = Flask(__name__)
limiter = Limiter(
    get_remote_address, app=app, default_limits=["1 per day"],
    storage_uri="memory://", headers_enabled=True,
)  # fmt: skip


@app.get("/")
def index():
    return "hello"
