"""Read a form field that isn't there.

.. testcode::

   client = app.test_client()
   print(client.post("/orders").status)
   print(client.post("/optional").text)

.. testoutput::

   400 BAD REQUEST
   no tea
"""

from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.post("/orders")
def add_order():
    return escape(request.form["tea"])


@app.post("/optional")
def add_optional():
    return escape(request.form.get("tea", "no tea"))
