"""Read the response piece by piece: teardown has run before the first.

.. testcode::

   response = app.test_client().get("/", buffered=False)
   ran.append("the client reads the response")
   print(response.text)
   response.close()
   for line in ran:
       print(line)

.. testoutput::

   Hello
   teardown function
   the client reads the response
"""

from flask import Flask

app = Flask(__name__)
ran = []


@app.teardown_request
def note_teardown(exception):
    ran.append("teardown function")


@app.get("/")
def index():
    return "Hello"
