"""Serve a folder on this machine, under the policy that the site promises."""

import functools
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from hookbook.site.headers import COMMON, POLICY, WORKER_POLICY

WORKER = "/_static/runner/"


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    worker_policy = WORKER_POLICY

    def end_headers(self):
        told = {
            "Content-Security-Policy": POLICY,
            # The next server may have this one's port, and other files.
            "Cache-Control": "no-store",
            **COMMON,
        }
        if self.path.startswith(WORKER):
            told["Content-Security-Policy"] = self.worker_policy
            # Each address there names its content.
            told["Cache-Control"] = "max-age=31536000, immutable"
        for name, value in told.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args):
        """Keep the test's output to the test's own."""


@contextmanager
def serve(folder, worker_policy=WORKER_POLICY):
    """Yield the address of the folder, with a closing slash."""
    kind = type("Served", (Handler,), {"worker_policy": worker_policy})
    handler = functools.partial(kind, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
