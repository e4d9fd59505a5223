"""Copy the request context where there is none.

.. no request: the error comes outside of one.

.. testcode::

   try:
       prepare_mail()
   except RuntimeError as error:
       print(error)

   with app.test_request_context("/orders"):
       send = prepare_mail()
   print(send())

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
