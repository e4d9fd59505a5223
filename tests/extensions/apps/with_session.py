"""A cart in a session on the server, with Flask-Session."""

from cachelib import SimpleCache
from flask import Flask, session
from flask_session import Session

app = Flask(__name__)
app.config["SESSION_TYPE"] = "cachelib"
app.config["SESSION_CACHELIB"] = SimpleCache()
Session(app)


@app.post("/cart")
def add():
    session["items"] = session.get("items", 0) + 1
    return str(session["items"])
