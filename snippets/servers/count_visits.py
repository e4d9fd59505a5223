"""Count the visits in a module-level variable.

.. testcode::

   client = app.test_client()
   print(client.get("/").text)
   print(client.get("/").text)

.. testoutput::

   Visit 1
   Visit 2
"""

from itertools import count

from flask import Flask, g

app = Flask(__name__)
visits = count(1)


@app.before_request
def count_visit():
    g.visit = next(visits)


@app.get("/")
def index():
    return f"Visit {g.visit}"
