"""Lend tools from two pages and a small API.

.. testcode::

   client = app.test_client()
   print(client.get("/").status, client.get("/board").status)
   for _ in range(2):
       response = client.post("/api/tools/scythe/loans")
       print(response.status)
   for name in "spade", "sprayer":
       print(client.get(f"/api/tools/{name}").status)

.. testoutput::

   200 OK 200 OK
   201 CREATED
   409 CONFLICT
   404 NOT FOUND
   500 INTERNAL SERVER ERROR
"""

from flask import Blueprint, Flask, abort, render_template_string

TOOLS = {"scythe": {"shelf": 1, "deposit": 5}, "sprayer": {"shelf": 1}}
PAGE = """<!doctype html><html lang="en"><title>{{ title }}</title>
<h1>{{ title }}</h1>{% for line in lines %}<p>{{ line }}</p>
{% endfor %}"""

app = Flask(__name__)
api = Blueprint("api", __name__, url_prefix="/api")


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
