"""Use the request while the body is produced.

.. testcode::

   print(app.test_client().get("/orders?status=paid").text)
   print(app.test_client().get("/page?status=open").text)

.. testoutput::

   paid orders
   open orders
"""

from flask import (
    Flask,
    request,
    stream_template_string,
    stream_with_context,
)

app = Flask(__name__)


@app.get("/orders")
def list_orders():
    def lines():
        paid = request.args.get("status") == "paid"
        yield "paid" if paid else "other"
        yield " orders"

    return stream_with_context(lines()), {"Content-Type": "text/plain"}


@app.get("/page")
def show_page():
    return stream_template_string("{{ request.args.status }} orders")
