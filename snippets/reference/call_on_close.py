"""Note when the server has finished with a response.

.. testcode::

   response = app.test_client().get("/", buffered=False)
   print(response.text, closed)
   response.close()
   print(closed)

.. testoutput::

   Shop []
   ['closed']
"""

from flask import Flask, make_response

app = Flask(__name__)
closed = []  # for this example: leave it out


@app.get("/")
def index():
    response = make_response("Shop")
    response.call_on_close(lambda: closed.append("closed"))
    return response
