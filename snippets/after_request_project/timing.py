"""Time each request, and tell the browser.

.. testcode::

   ticks = iter([8.0, 8.125])
   app.config["CLOCK"] = lambda: next(ticks)
   response = app.test_client().get("/")
   print(response.headers["Server-Timing"])

.. testoutput::

   app;dur=125.0
"""

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

TOOLS = {"scythe": {"shelf": 1, "deposit": 5}, "sprayer": {"shelf": 1}}
PAGE = """<!doctype html><html lang="en"><title>{{ title }}</title>
<h1>{{ title }}</h1>{% for line in lines %}<p>{{ line }}</p>
{% endfor %}"""
ID = re.compile("[0-9A-Za-z-]{8,64}")

app = Flask(__name__)
# [clock]
app.config["CLOCK"] = time.perf_counter
# [/clock]
app.config["NEW_ID"] = lambda: uuid.uuid4().hex
app.config["PROXIES"] = {"127.0.0.1"}
api = Blueprint("api", __name__, url_prefix="/api")


def request_id():
    if "request_id" not in g:
        sent = request.headers.get("X-Request-ID", "")
        trusted = request.remote_addr in app.config["PROXIES"]
        valid = trusted and ID.fullmatch(sent)
        g.request_id = sent if valid else app.config["NEW_ID"]()
    return g.request_id


@app.before_request
def start_clock():
    g.started = app.config["CLOCK"]()


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


def page(title, lines):
    return render_template_string(PAGE, title=title, lines=lines)


@app.get("/")
def shelf():
    lines = [f"{name}: {tool['shelf']}" for name, tool in TOOLS.items()]
    return page("Tools", lines)


@app.get("/board")
def board():
    lines = [name for name, tool in TOOLS.items() if tool["shelf"]]
    return page("To lend today", lines)


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
