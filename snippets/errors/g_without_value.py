"""Read a value on g that nothing has set.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except AttributeError as error:
       print(f"AttributeError: {error}")
   print(client.get("/fixed").text)

.. testoutput::

   AttributeError: user
   Hello, guest
"""

from flask import Flask, g

app = Flask(__name__)
app.testing = True


@app.get("/")
def index():
    return f"Hello, {g.user}"


@app.get("/fixed")
def fixed():
    return f"Hello, {g.get('user', 'guest')}"
