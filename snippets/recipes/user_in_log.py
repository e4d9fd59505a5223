"""Write the request ID and the user's ID into each line of the log.

.. testcode::

   import io
   import re

   client = app.test_client()
   lines = io.StringIO()
   options = {"base_url": "https://localhost", "errors_stream": lines}
   client.get("/orders/7", **options)
   with client.session_transaction(**options) as stored:
       stored["user_id"] = 12
   client.get("/orders/7", **options)
   print(re.sub("[0-9a-f]{32}", "...", lines.getvalue()))

.. testoutput::

   INFO [... user -] Order 7 is shown
   INFO [... user 12] Order 7 is shown
   <BLANKLINE>
"""

import logging
import uuid

from flask import Flask, g, has_app_context, request, session
from flask.logging import wsgi_errors_stream

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"


@app.before_request
def note_ids():
    g.request_id = uuid.uuid4().hex
    if request.endpoint != "static":
        g.user_id = session.get("user_id", "-")


class AddIds(logging.Filter):
    def filter(self, record):
        for name in "request_id", "user_id":
            value = g.get(name, "-") if has_app_context() else "-"
            setattr(record, name, value)
        return True


handler = logging.StreamHandler(wsgi_errors_stream)
handler.addFilter(AddIds())
LINE = "%(levelname)s [%(request_id)s user %(user_id)s] %(message)s"
handler.setFormatter(logging.Formatter(LINE))
app.logger.handlers = [handler]
app.logger.setLevel(logging.INFO)


@app.get("/orders/<int:number>")
def show_order(number):
    app.logger.info("Order %s is shown", number)
    return f"Order {number}"
