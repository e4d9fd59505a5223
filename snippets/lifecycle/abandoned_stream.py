"""Stop reading a stream before it ends.

.. testcode::

   response = app.test_client().get("/lines", buffered=False)
   print(next(response.response))
   response.close()

.. testoutput::

   b'tea '
   the generator is closed
"""

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def load_user():
    g.user = "anna"


@app.after_request
def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.teardown_request
def release_lock(exception):
    pass


@app.get("/lines")
def list_lines():
    def lines():
        try:
            yield "tea "
            yield "coffee"
        finally:
            print("the generator is closed")

    return lines()
