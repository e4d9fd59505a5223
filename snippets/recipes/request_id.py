"""Give each request an ID, log it, and send it in the response.

.. testcode::

   import io

   client = app.test_client()
   for path in "/orders/7", "/nothing":
       log = io.StringIO()
       response = client.get(path, errors_stream=log)
       request_id = response.headers["X-Request-ID"]
       print(response.status, f"[{request_id}]" in log.getvalue())

.. testoutput::

   200 OK True
   404 NOT FOUND True
"""

import logging
import uuid

from flask import Flask, g, has_request_context, request
from flask.logging import wsgi_errors_stream

app = Flask(__name__)


def get_request_id():
    if "request_id" not in g:
        g.request_id = uuid.uuid4().hex
    return g.request_id


class AddRequestId(logging.Filter):
    def filter(self, record):
        in_request = has_request_context()
        record.request_id = get_request_id() if in_request else "-"
        return True


handler = logging.StreamHandler(wsgi_errors_stream)
handler.addFilter(AddRequestId())
LINE = "%(asctime)s %(levelname)s [%(request_id)s] %(message)s"
handler.setFormatter(logging.Formatter(LINE))
app.logger.handlers = [handler]
app.logger.setLevel(logging.INFO)


@app.after_request
def log_request(response):
    status = response.status_code
    app.logger.info("%s %r %s", request.method, request.path, status)
    response.headers["X-Request-ID"] = get_request_id()
    return response


@app.get("/orders/<int:number>")
def show_order(number):
    app.logger.info("Order %s is shown", number)
    return f"Order {number}"
