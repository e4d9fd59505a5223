"""Write parentheses after the decorator of a hook.

.. testcode::

   try:
       @app.before_request()
       def load_user():
           g.user = "ada"
   except TypeError as error:
       print(f"TypeError: {error}")

   print(app.test_client().get("/").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: Scaffold.before_request() missing 1 required
    positional argument: 'f'
   ada
"""

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def load_user_fixed():
    g.user = "ada"


@app.get("/")
def index():
    return g.user
