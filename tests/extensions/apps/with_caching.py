"""A page that is made once, with Flask-Caching."""

from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
app.config["CACHE_TYPE"] = "SimpleCache"
cache = Cache(app)


@app.get("/")
@cache.cached(timeout=60)
def index():
    return "made"
