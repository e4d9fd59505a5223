"""Register a hook during the first request.

.. testcode::

   import textwrap

   client = app.test_client()
   lines = client.get("/").text.splitlines()
   for line in lines:
       print(textwrap.fill(line, 60))

.. testoutput::

   The setup method 'after_request' can no longer be called on
   the application. It has already handled its first request,
   any changes will not be applied consistently.
   Make sure all imports, decorators, functions, etc. needed to
   set up the application are done before running it.
"""

from flask import Flask

app = Flask(__name__)


def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.get("/")
def index():
    try:
        app.after_request(forbid_caching)
    except AssertionError as error:
        return str(error)
    return "Tea and teapots"
