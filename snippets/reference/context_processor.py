"""Give the user's name to each template.

.. testcode::

   print(app.test_client().get("/").text)

.. testoutput::

   Hello, anna
"""

from flask import Flask, g, render_template_string

app = Flask(__name__)


@app.before_request
def load_user():
    g.user = "anna"


@app.context_processor
def add_user():
    return {"user": g.get("user")}


@app.get("/")
def index():
    return render_template_string("Hello, {{ user }}")
