"""An app that a browser takes for two sites, and the tables that such apps fill."""

import threading
from contextlib import contextmanager

from werkzeug.serving import make_server

# Two sites for a browser, though one server.
SHOP, OTHER = "localhost", "127.0.0.1"


@contextmanager
def served(app):
    # A browser opens more connections than it uses.
    server = make_server(OTHER, 0, app, threaded=True)
    app.port = server.port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def table(page, anchor):
    """Return the cells of the first table of a section: those of its head, its rows."""
    section = page.read_text("utf-8").partition(f"({anchor})=")[2]
    lines = section.partition("\n|")[2].partition("\n\n")[0].splitlines()
    head, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines
    ]
    return head, rows
