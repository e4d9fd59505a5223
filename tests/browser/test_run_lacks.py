"""What the browser's Python lacks, it says; what it can do otherwise, it does."""

import base64
import hashlib
import json

import pytest
from werkzeug.security import check_password_hash

from .runner import HELLO, THREADS

pytestmark = pytest.mark.browser

SOCKETS = "sockets do not exist in the browser: run this on your own machine"


@pytest.mark.parametrize(
    "start",
    [
        "import threading\nthreading.Thread(target=print).start()",
        "import threading\nthreading.Timer(1, print).start()",
        "import concurrent.futures as f\nf.ThreadPoolExecutor().submit(print)",
        "import _thread\n_thread.start_new_thread(print, ())",
    ],
)
def test_a_thread_says_that_there_are_none(live, start):
    assert live.raises(start) == f"RuntimeError: {THREADS}"


@pytest.mark.parametrize(
    "connect",
    [
        "import socket\nsocket.socket().connect(('127.0.0.1', 80))",
        "import socket\nsocket.socket().bind(('127.0.0.1', 0))",
        "import socket\nsocket.create_connection(('127.0.0.1', 80))",
        "import socket\nsocket.getaddrinfo('localhost', 80)",
        "from http.client import *\nHTTPConnection('localhost').request('GET', '/')",
    ],
)
def test_a_socket_says_that_there_are_none(live, connect):
    assert live.raises(connect) == f"OSError: {SOCKETS}"


@pytest.mark.parametrize("method", ["scrypt", "scrypt:16:3:2", "pbkdf2:sha256:1000"])
def test_a_password_is_hashed_as_anywhere(live, method):
    block = (
        "from werkzeug.security import check_password_hash, generate_password_hash\n"
        f"hashed = generate_password_hash('pässword', {method!r})\n"
        "print(hashed, check_password_hash(hashed, 'pässword'),\n"
        "      check_password_hash(hashed, 'password'))\n"
    )
    hashed, right, wrong = live.prints(block).split()
    assert (right, wrong) == ("True", "False")
    assert check_password_hash(hashed, "pässword")


@pytest.mark.parametrize("name", ["sha1", "sha256", "sha512"])
def test_a_key_is_derived_as_anywhere(live, name):
    arguments = f"{name!r}, b'key' * 50, b'salt', 7, 90"
    block = (
        "import base64, hashlib\n"
        f"print(base64.b64encode(hashlib.pbkdf2_hmac({arguments})).decode())"
    )
    key = hashlib.pbkdf2_hmac(name, b"key" * 50, b"salt", 7, 90)
    assert live.prints(block).strip() == base64.b64encode(key).decode()


EXTENSIONS = """\
from flask import Flask
from flask_cors import CORS
from flask_limiter import Limiter
from flask_login import LoginManager, current_user
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from wtforms import StringField

app = Flask(__name__)
app.secret_key = "only for this test"
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
CORS(app)
CSRFProtect(app)
login = LoginManager(app)
db = SQLAlchemy(app)
limiter = Limiter(lambda: "all", app=app, default_limits=["1/minute"])


class Name(FlaskForm):
    name = StringField()


@login.user_loader
def load_user(number):
    return None


@app.get("/")
def index():
    count = db.session.execute(db.text("select 1 + 1")).scalar()
    return [current_user.is_authenticated, count, "csrf_token" in Name()]
"""


def test_extensions_are_loaded_when_they_are_imported_and_not_before(own):
    own.ready()
    loaded = "window.told.filter((m) => m.stage === 'extension').map((m) => m.name)"
    own.requests(HELLO, {"path": "/"})
    assert own.page.evaluate(loaded) == []
    told = own.requests(EXTENSIONS, {"path": "/"}, {"path": "/"})
    assert told["error"] is None, told["error"]
    first, second = told["responses"]
    assert json.loads(first["body"]["text"]) == [False, 2, True]
    assert second["status"] == "429 TOO MANY REQUESTS"
    assert ["Access-Control-Allow-Origin", "*"] in first["headers"]
    brought = {s["distribution"] for t in told["traces"] for s in t["steps"]}
    names = {one.partition(" ")[0].lower() for one in brought if one}
    assert {"flask-limiter", "flask-login", "flask-cors", "flask-wtf"} <= names, names
    once = own.page.evaluate(loaded)
    assert len(once) == len(set(once)) == 6
    assert own.requests(EXTENSIONS, {"path": "/"})["clean"]
    assert own.page.evaluate(loaded) == once
