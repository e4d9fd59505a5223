"""Keep the request for a generator, outside a request.

.. testcode::

   try:
       stream_with_context(list_lines())
   except RuntimeError as error:
       print(error)

   print(app.test_client().get("/orders").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   'stream_with_context' can only be used when a request context is
   active, such as in a view function.
   orders of /orders
"""

from flask import Flask, request, stream_with_context

app = Flask(__name__)


def list_lines():
    yield f"orders of {request.path}"


@app.get("/orders")
def list_orders():
    return stream_with_context(list_lines())
