"""What the browser's Python lacks, it says; what it can do otherwise, it does."""

import base64
import hashlib

import pytest
from werkzeug.security import check_password_hash

from .runner import THREADS

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
