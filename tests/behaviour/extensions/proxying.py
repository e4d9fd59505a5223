"""nginx in front of an app, each in a process or a thread of its own."""

import os
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from werkzeug.serving import make_server

SECONDS = 30
CONFIG = """\
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream shop {{ {upstream} }}
    server {{
        listen 127.0.0.1:{port};
        {server}
    }}
}}
"""
LOCATION = "location / {{ proxy_pass http://shop; {} }}"


@dataclass
class Behind:
    """An app behind nginx."""

    port: int
    folder: Path

    @contextmanager
    def sent(self, path="/", method="GET", address="127.0.0.1", **options):
        """Send a request from an address of this machine; yield its connection."""
        place = "127.0.0.1", self.port
        connection = HTTPConnection(*place, SECONDS, source_address=(address, 0))
        with closing(connection):
            connection.request(method, path, **options)
            yield connection

    def ask(self, *what, **options):
        """Return a response's status, its headers and its body."""
        with self.sent(*what, **options) as connection:
            response = connection.getresponse()
            return response.status, response.headers, response.read()

    def logged(self):
        """Return the statuses in nginx's access log; it's complete after the end."""
        lines = (self.folder / "access.log").read_text("utf-8").splitlines()
        return [int(line.split('"')[2].split()[0]) for line in lines]


@contextmanager
def listening(app):
    """Run an app under Werkzeug's server, with threads; yield its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def behind(folder, *upstreams, location="", server=""):
    """Run nginx in front of apps, or of addresses; yield where to ask.

    `location` is what its only location says beside `proxy_pass`; `server` replaces
    that location. nginx stops before the apps do, after it has finished its requests.
    """
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.fail("There is no nginx: install it, with 'apt-get install nginx-light'")
    with ExitStack() as stack:
        addresses = [
            one if isinstance(one, str) else stack.enter_context(listening(one))
            for one in upstreams
        ]
        # nginx takes over a socket that listens, so no request comes too early.
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = listener.getsockname()[1]
        config = folder / "nginx.conf"
        config.write_text(
            CONFIG.format(
                user="user root;" if os.geteuid() == 0 else "",
                folder=folder,
                port=port,
                upstream=" ".join(f"server {address};" for address in addresses),
                server=server or LOCATION.format(location),
            ),
            "utf-8",
        )
        process = subprocess.Popen(
            [program, "-p", folder, "-c", config],
            pass_fds=[listener.fileno()],
            env={**os.environ, "NGINX": f"{listener.fileno()};"},
            stderr=subprocess.DEVNULL,
        )
        listener.close()
        try:
            yield Behind(port, folder)
        finally:
            process.send_signal(signal.SIGQUIT)
            if process.wait(SECONDS):
                pytest.fail((folder / "error.log").read_text("utf-8"))
