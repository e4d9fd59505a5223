"""Copy the request context where there is none.

.. testcode::

   try:
       prepare_mail()
   except RuntimeError as error:
       print(error)

   print(app.test_client().get("/orders").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   'copy_current_request_context' can only be used when a request
   context is active, such as in a view function.
   a mail about /orders
"""

from flask import Flask, copy_current_request_context, request

app = Flask(__name__)


def prepare_mail():
    @copy_current_request_context
    def send_mail():
        return f"a mail about {request.path}"

    return send_mail


@app.get("/orders")
def list_orders():
    return prepare_mail()()
