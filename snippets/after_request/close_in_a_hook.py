"""Close one connection in a hook, and another in a teardown function.

.. testcode::

   client = app.test_client()
   for path in "/authors/ada", "/authors/bob":
       still_open.clear()
       print(client.get(path).status_code, sorted(still_open))

.. testoutput::

   200 []
   500 ['closed in the hook']
"""

from flask import Flask, g

app = Flask(__name__)
still_open = set()


class Connection:
    def __init__(self, name):
        self.name = name
        still_open.add(name)

    def close(self):
        still_open.discard(self.name)


@app.before_request
def open_connections():
    g.one = Connection("closed in the hook")
    g.other = Connection("closed in teardown")


@app.after_request
def close_one(response):
    g.one.close()
    return response


@app.teardown_request
def close_other(error):
    other = g.pop("other", None)
    if other is not None:
        other.close()


@app.after_request
def count_posts(response):
    response.headers["X-Posts"] = len(response.json["posts"])
    return response


@app.get("/authors/<author>")
def list_posts(author):
    return {"posts": ["Hello"]} if author == "ada" else {}
