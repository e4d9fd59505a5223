"""Send security headers that a view may override.

.. testcode::

   app.config["CLOCK"] = lambda: 8.0
   app.config["NOW"] = lambda: 0
   client = app.test_client()
   for path in "/", "/board", "/nowhere":
       response = client.get(path)
       print(path, response.headers["X-Content-Type-Options"])
       print(response.headers["Content-Security-Policy"])

.. testoutput::

   / nosniff
   default-src 'self'; frame-ancestors 'none'
   /board nosniff
   default-src 'self'; frame-ancestors https://allotments.example
   /nowhere nosniff
   default-src 'self'; frame-ancestors 'none'
"""

import json
import logging
import re
import time
import uuid

from flask import (
    Blueprint,
    Flask,
    abort,
    g,
    render_template_string,
    request,
)
from flask.logging import wsgi_errors_stream

# [site]
SOCIETY = "https://allotments.example"
# [/site]
TOOLS = {"scythe": {"shelf": 1, "deposit": 5}, "sprayer": {"shelf": 1}}
PAGE = """<!doctype html><html lang="en"><title>{{ title }}</title>
<h1>{{ title }}</h1>{% for line in lines %}<p>{{ line }}</p>
{% endfor %}"""
ID = re.compile("[0-9A-Za-z-]{8,64}")
# [defaults]
CSP = "default-src 'self'; frame-ancestors"
SECURITY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"{CSP} 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
# [/defaults]

app = Flask(__name__)
app.config["CLOCK"] = time.perf_counter
app.config["NEW_ID"] = lambda: uuid.uuid4().hex
app.config["NOW"] = time.time
app.config["PROXIES"] = {"127.0.0.1"}
api = Blueprint("api", __name__, url_prefix="/api")


def request_id():
    if "request_id" not in g:
        sent = request.headers.get("X-Request-ID", "")
        trusted = request.remote_addr in app.config["PROXIES"]
        valid = trusted and ID.fullmatch(sent)
        g.request_id = sent if valid else app.config["NEW_ID"]()
    return g.request_id


class JsonLines(logging.Formatter):
    def format(self, record):
        now = time.gmtime(app.config["NOW"]())
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", now),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        if request:
            line["request_id"] = request_id()
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


handler = logging.StreamHandler(wsgi_errors_stream)
handler.setFormatter(JsonLines())
log = logging.getLogger(app.name)
log.handlers = [handler]
log.setLevel(logging.INFO)


def fields(status):
    line = {"method": request.method, "path": request.path[:200]}
    return {"fields": line | {"status": status, "ms": g.get("ms")}}


@app.before_request
def start_clock():
    g.started = app.config["CLOCK"]()


@app.after_request
def write_log(response):
    log.info("request", extra=fields(response.status_code))
    g.logged = True
    return response


@app.teardown_request
def log_lost_request(error):
    if error is not None and "logged" not in g:
        log.error(type(error).__name__, extra=fields(None))


@app.after_request
def stop_clock(response):
    now = app.config["CLOCK"]()
    g.ms = round((now - g.get("started", now)) * 1000, 1)
    response.headers["Server-Timing"] = f"app;dur={g.ms}"
    return response


@app.after_request
def send_request_id(response):
    response.headers["X-Request-ID"] = request_id()
    return response


@app.after_request
def add_security_headers(response):
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    return response


def page(title, lines):
    return render_template_string(PAGE, title=title, lines=lines)


@app.get("/")
def shelf():
    lines = [f"{name}: {tool['shelf']}" for name, tool in TOOLS.items()]
    return page("Tools", lines)


@app.get("/board")
def board():
    lines = [name for name, tool in TOOLS.items() if tool["shelf"]]
    headers = {"Content-Security-Policy": f"{CSP} {SOCIETY}"}
    return page("To lend today", lines), headers


@api.get("/tools/<name>")
def show_tool(name):
    tool = TOOLS.get(name) or abort(404)
    return {"shelf": tool["shelf"], "deposit": tool["deposit"]}


@api.post("/tools/<name>/loans")
def lend(name):
    tool = TOOLS.get(name) or abort(404)
    if tool["shelf"] == 0:
        abort(409)
    tool["shelf"] -= 1
    return {"shelf": tool["shelf"]}, 201


app.register_blueprint(api)
