"""An app for real servers, which notes what each of their processes does.

``HOOKBOOK_NOTES`` names the file of the notes, ``HOOKBOOK_GATE`` the port of the gate
where the view of ``/wait`` waits.
"""

import atexit
import os
import socket
from itertools import count
from pathlib import Path
from threading import Event, Thread

from flask import Flask, g

app = Flask(__name__)
visits = count(1)
beat = Thread(target=Event().wait, daemon=True)
beat.start()


def note(what):
    with Path(os.environ["HOOKBOOK_NOTES"]).open("a", encoding="utf-8") as notes:
        print(os.getpid(), what, file=notes)


note("imported")
atexit.register(note, "exits")


@app.before_request
def count_visit():
    g.visit = next(visits)


@app.get("/wait")
def wait():
    with socket.create_connection(("127.0.0.1", int(os.environ["HOOKBOOK_GATE"]))) as s:
        s.recv(1)
    return {"process": os.getpid(), "visit": g.visit, "thread": beat.is_alive()}


@app.errorhandler(Exception)
def handle(error):
    note("error handler")
    return "", 500


@app.after_request
def note_response(response):
    note("after_request")
    return response


@app.teardown_request
def note_teardown(error):
    note(f"teardown {error!r}")


if __name__ == "__main__":

    @app.before_request
    def run_by_hand():
        note("run by hand")
