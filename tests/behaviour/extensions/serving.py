"""Apps under real servers, in processes of their own."""

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

APP = "tests.extensions.apps.served:app"
COMMANDS = {
    "gunicorn": ["gunicorn", "--no-control-socket", "--bind=127.0.0.1:0"],
    "waitress": ["waitress", "--listen=127.0.0.1:0"],
    "flask run": ["flask", "run", "--port=0"],
}
UVICORN = ["uvicorn", "--port=0"]
SECONDS = 30


class Served(NamedTuple):
    """An app that a server calls."""

    process: subprocess.Popen
    address: str
    gate: socket.socket
    notes: Path
    log: list[str]
    """What the server has printed, after its end."""

    def two_at_once(self):
        """Return what two requests say that were answered at the same time."""
        with ThreadPoolExecutor(2) as pool:
            asked = [pool.submit(self.get, "/wait") for _ in range(2)]
            arrived = [self.gate.accept()[0] for _ in asked]
            for connection in arrived:
                connection.close()
            return [json.loads(response.result()) for response in asked]

    def get(self, path, **options):
        with self.open(path, **options) as response:
            return response.read()

    def open(self, path, **options):
        """Return a response whose body has not been read."""
        request = urllib.request.Request(self.address + path, **options)
        return urllib.request.urlopen(request, timeout=SECONDS)

    @contextmanager
    def held_up(self):
        """Send a request that has to wait; yield the connection with its response."""
        place = urlsplit(self.address)
        with socket.create_connection((place.hostname, place.port)) as other:
            other.sendall(b"GET /index HTTP/1.0\r\n\r\n")
            other.settimeout(0.5)
            with pytest.raises(TimeoutError):
                other.recv(1)
            other.settimeout(SECONDS)
            yield other

    def open_gate(self):
        """Wait until the app is at the gate, and let it pass."""
        self.gate.accept()[0].close()

    def noted(self, what):
        """Return the processes that have noted `what`."""
        lines = self.notes.read_text("utf-8").splitlines()
        said = [line.partition(" ") for line in lines]
        return [int(process) for process, _, words in said if words == what]


@contextmanager
def served(tmp_path, rootpath, server, *options, app=APP):
    """Yield the app under a server, in a process that is ended afterwards.

    uvicorn is named by what wraps the app for it.
    """
    notes = tmp_path / "notes"
    with socket.create_server(("127.0.0.1", 0)) as gate:
        gate.settimeout(SECONDS)
        environment = {
            **os.environ,
            "FLASK_APP": APP,
            "HOOKBOOK_NOTES": str(notes),
            "HOOKBOOK_GATE": str(gate.getsockname()[1]),
        }
        command = COMMANDS.get(server, UVICORN)
        wrapped = [f"tests.extensions.apps.served_by_asgi:{server}"]
        named = {"flask run": []}.get(server, [app] if server in COMMANDS else wrapped)
        process = subprocess.Popen(
            [sys.executable, "-m", *command, *options, *named],
            cwd=rootpath,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            log = []
            try:
                yield Served(process, address(process.stderr), gate, notes, log)
            finally:
                process.terminate()
                log += process.stderr


def address(lines):
    """Return where a server listens, by what it prints."""
    said = []
    for line in lines:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
        said.append(line)
    pytest.fail(f"It does not listen: {''.join(said)}")
