"""The real ``make serve``, in a house with three pages: what is saved is served."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.bench.houses import copy_house, fill

# In this run because it needs a loopback interface, which `make test` does not.
pytestmark = pytest.mark.browser

PATIENCE = 240


@pytest.fixture(scope="module")
def house(tmp_path_factory, pytestconfig):
    """The house with three pages, none of which takes long; it has this environment."""
    house = fill(copy_house(tmp_path_factory.mktemp("house")), 3)
    for name in "Makefile", "requirements.txt":
        shutil.copy2(pytestconfig.rootpath / name, house / name)
    (house / ".venv").symlink_to(sys.prefix)
    return house


@pytest.fixture(scope="module")
def server(house):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = house / "serve.log"
    with running(house, port, log):
        yield Server(f"http://127.0.0.1:{port}/", log)


@contextmanager
def running(house, port, log):
    with log.open("w") as output:
        # -o: the environment is the one that runs this test, as it stands.
        # ASSETS=: nothing that is served here runs in the browser.
        process = subprocess.Popen(
            ["make", "-o", ".venv/installed", "serve", f"PORT={port}", "ASSETS="],
            cwd=house,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


class Server:
    def __init__(self, address, log):
        self.address = address
        self.log = log

    def get(self, path):
        """Return the page, or nothing: no server yet, or Sphinx is writing the page."""
        try:
            with urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.read().decode()
        except (URLError, ConnectionError, HTTPException):
            return ""

    def until(self, path, text):
        """Poll until *path* holds *text*."""
        end = time.monotonic() + PATIENCE
        while text not in self.get(path):
            log = self.log.read_text()
            assert "exited with exit code" not in log, log
            assert time.monotonic() < end, log
            time.sleep(0.1)


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_saved_page_is_served(house, server):
    server.until("index.html", "<title>")
    with (house / "docs" / "index.md").open("a") as page:
        page.write("\nThe servers have a visitor.\n")
    server.until("index.html", "The servers have a visitor.")


def test_a_saved_snippet_is_served(house, server):
    server.until("section-000/page-1.html", "X-Hello-1")
    snippet = house / "snippets" / "section_000" / "header_1.py"
    edit(snippet, "X-Hello-1", "X-Servers")
    server.until("section-000/page-1.html", "X-Servers")


@pytest.mark.parametrize("name", ["hookbook.css", "hookbook/tables.css"])
def test_a_saved_stylesheet_is_served(house, server, name):
    server.until("index.html", "<title>")
    sheet = house / "docs" / "_static" / name
    with sheet.open("a") as style:
        style.write(f"/* The servers' {name}. */\n")
    server.until("_static/hookbook.css", f"The servers' {name}.")


def test_a_saved_extension_builds_the_pages_anew(house, server):
    server.until("index.html", "<title>")
    extension = house / "src" / "hookbook" / "site" / "__init__.py"
    with extension.open("a") as module:
        module.write("\n\ndef _shout(app, name, source):\n")
        module.write('    source[0] += "\\n\\nThe servers have an extension.\\n"\n')
    edit(
        extension,
        '"""Register',
        'app.connect("source-read", _shout)\n    """Register',
    )
    server.until("index.html", "The servers have an extension.")
