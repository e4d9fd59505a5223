"""An app for real servers, which notes what each of their processes does.

``HOOKBOOK_NOTES`` names the file of the notes, ``HOOKBOOK_GATE`` the port of the gate
where the view of ``/wait`` waits.
"""

import atexit
import logging
import os
import socket
import sys
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from threading import Event, Thread

from flask import (
    Flask,
    Response,
    abort,
    copy_current_request_context,
    g,
    request,
    send_file,
    stream_with_context,
)
from werkzeug.exceptions import ClientDisconnected
from werkzeug.middleware.proxy_fix import ProxyFix

app = Flask(__name__)
behind_a_proxy = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)
visits = count(1)
beat = Thread(target=Event().wait, daemon=True)
beat.start()
pause = Event()
user = ContextVar("user", default="nobody")


def note(what):
    with Path(os.environ["HOOKBOOK_NOTES"]).open("a", encoding="utf-8") as notes:
        print(os.getpid(), what, file=notes)


def wait_at_gate():
    with socket.create_connection(("127.0.0.1", int(os.environ["HOOKBOOK_GATE"]))) as s:
        s.recv(1)


class HideHealth(logging.Filter):
    """Leaves one path out of gunicorn's access log."""

    def filter(self, record):
        return "/user/health " not in record.getMessage()


logging.getLogger("gunicorn.access").addFilter(HideHealth())
note("imported")
atexit.register(note, "exits")


@app.before_request
def count_visit():
    g.visit = next(visits)


@app.before_request
def refuse_upload():
    how = request.args.get("refuse")
    while how == "read" and request.stream.read(65536):
        pass
    return ("Log in", 401) if how else None


@app.get("/wait")
def wait():
    wait_at_gate()
    return {"process": os.getpid(), "visit": g.visit, "thread": beat.is_alive()}


@app.get("/user/<name>")
def note_user(name):
    before = user.get()
    user.set(name)
    return f"after {before}"


@app.get("/events/<how>")
def send_events(how):
    events = {
        "two": two_events,
        "endless": endless_events,
        "slow": slow_events,
        "many": many_events,
    }
    return Response(events[how](), mimetype="text/event-stream")


def two_events():
    yield "data: one\n\n"
    wait_at_gate()
    note("second event")
    yield "data: two\n\n"


def endless_events():
    try:
        while not pause.wait(0.01):
            yield "data: tea\n\n"
    except GeneratorExit:
        note("generator exit")
        raise
    finally:
        wait_at_gate()


def slow_events():
    try:
        while not pause.wait(0.05):
            yield ": heartbeat\n\n"
    finally:
        note(f"stream ends with {sys.exc_info()[1]!r}")


def many_events():
    try:
        yield "data: one\n\n"
        wait_at_gate()
        for _ in range(2000):
            yield f": {'tea' * 5000}\n\n"
        note("last event")
    except GeneratorExit:
        note("generator exit")
        raise


@app.get("/closing/<kind>")
def close(kind):
    pieces = iter(["Tea, ", "please"])
    body = {
        "text": "Tea",
        "stream": pieces,
        "stream_with_context": stream_with_context(pieces),
    }
    response = Response(body[kind])
    response.call_on_close(lambda: note("call_on_close"))
    return response


@app.get("/index")
def index():
    note("index")
    return "index"


@app.post("/later/<read_in>")
def read_later(read_in):
    @copy_current_request_context
    def read():
        wait_at_gate()
        try:
            note(f"thread reads {request.get_data()!r}")
        except (ClientDisconnected, ValueError) as error:
            note(f"thread gets {type(error).__name__}: {error}")
        wait_at_gate()

    if read_in == "view":
        request.get_data()
    Thread(target=read).start()
    return "later"


@app.post("/refuse")
def refuse():
    abort(413)


@app.get("/number")
def stream_number():
    return iter([1])


@app.get("/client")
def tell_client():
    return f"{request.remote_addr} {request.scheme}"


@app.get("/file")
def send_this_file():
    return send_file(__file__, "text/plain")


@app.errorhandler(Exception)
def handle(error):
    note("error handler")
    return "", getattr(error, "code", 500)


@app.after_request
def note_response(response):
    note("after_request")
    if "visit" in g:
        response.headers["X-Visit"] = g.visit
    return response


@app.teardown_request
def note_teardown(error):
    note(f"teardown {error!r}")


if __name__ == "__main__":

    @app.before_request
    def run_by_hand():
        note("run by hand")
