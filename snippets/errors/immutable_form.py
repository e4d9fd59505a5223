"""Change what the client has sent.

.. testcode::

   client = app.test_client()
   for hook in add_page, add_page_fixed:
       app.before_request_funcs[None] = [hook]
       try:
           print(client.get("/?sort=name").text)
       except TypeError as error:
           print(f"TypeError: {error}")

.. testoutput::

   TypeError: 'ImmutableMultiDict' objects are immutable
   page 1 by name
"""

from flask import Flask, g, request

app = Flask(__name__)
app.testing = True


@app.before_request
def add_page():
    request.args["page"] = "1"


def add_page_fixed():
    g.page = request.args.get("page", default=1, type=int)


@app.get("/")
def list_products():
    sort = "name" if request.args.get("sort") == "name" else "price"
    return f"page {g.page} by {sort}"
