"""A long page, compressed with Flask-Compress."""

from flask import Flask
from flask_compress import Compress

app = Flask(__name__)
Compress(app)


@app.get("/")
def index():
    return "hello " * 1000
