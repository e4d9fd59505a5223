"""Refuse a form that is too large, with the headers of every page.

.. testcode::

   client = app.test_client()
   response = client.post("/order", data={"tea": "x" * 2000})
   print(response.status)
   print(response.text, "/", response.headers["X-Shop"])
   print(client.post("/ping", data={"tea": "x" * 2000}).text)
   print(client.post("/order", data={"tea": "green"}).text)

.. testoutput::

   413 REQUEST ENTITY TOO LARGE
   At most 1024 bytes, please. / corner
   nobody read the form
   green
"""

from flask import Flask, current_app, request
from markupsafe import escape

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024


@app.after_request
def name_shop(response):
    response.headers["X-Shop"] = "corner"
    return response


@app.errorhandler(413)
def refuse_large_body(error):
    limit = current_app.config["MAX_CONTENT_LENGTH"]
    return f"At most {limit} bytes, please.", 413


@app.post("/order")
def order():
    return escape(request.form["tea"])


@app.post("/ping")
def ping():
    return "nobody read the form"
