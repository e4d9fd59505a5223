"""Give every response an id, the proxy's or a new one.

.. testcode::

   app.config["NEW_ID"] = lambda: "desk-0001"
   client = app.test_client()
   stranger = {"REMOTE_ADDR": "203.0.113.9"}
   for sent, environ in [
       ("gate-0042", {}),
       ("gate-0042", stranger),
       ("42; drop table", {}),
   ]:
       response = client.get(
           "/",
           headers={"X-Request-ID": sent},
           environ_overrides=environ,
       )
       print(sent, "->", response.headers["X-Request-ID"])

.. testoutput::

   gate-0042 -> gate-0042
   gate-0042 -> desk-0001
   42; drop table -> desk-0001
"""

import re
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
# [pattern]
ID = re.compile("[0-9A-Za-z-]{8,64}")
# [/pattern]

app = Flask(__name__)
# [settings]
app.config["NEW_ID"] = lambda: uuid.uuid4().hex
app.config["PROXIES"] = {"127.0.0.1"}
# [/settings]
api = Blueprint("api", __name__, url_prefix="/api")


def request_id():
    if "request_id" not in g:
        sent = request.headers.get("X-Request-ID", "")
        trusted = request.remote_addr in app.config["PROXIES"]
        valid = trusted and ID.fullmatch(sent)
        g.request_id = sent if valid else app.config["NEW_ID"]()
    return g.request_id


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
