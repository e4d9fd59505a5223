"""Leave a stream unread, and see what the next request misses.

Up to Flask 3.1 its app context stays on the thread, and the next
request of that thread uses it. It goes when the body is closed.

.. testcode::

   from werkzeug.test import EnvironBuilder

   environ = EnvironBuilder("/export").get_environ()
   body = app.wsgi_app(environ, lambda status, headers: None)
   rows = iter(body)
   print(next(rows), "and the client has gone")
   print(app.test_client().get("/").text)
   print("the body is closed")
   body.close()

Before Flask 3.1.2:

.. testoutput::
   :skipif: RELEASE >= (3, 1, 2)

   b'order 1' and the client has gone
   teardown_request of /
   page
   the body is closed
   teardown_request of /export
   teardown_appcontext

Flask 3.1.2 and 3.1.3:

.. testoutput::
   :skipif: not (3, 1, 2) <= RELEASE < (3, 2)

   teardown_request of /export
   teardown_appcontext
   b'order 1' and the client has gone
   teardown_request of /
   page
   the body is closed
   teardown_request of /export
   teardown_appcontext

Since Flask 3.2:

.. testoutput::
   :skipif: RELEASE < (3, 2)

   b'order 1' and the client has gone
   teardown_request of /
   teardown_appcontext
   page
   the body is closed
   teardown_request of /export
   teardown_appcontext
"""

import re
from importlib.metadata import version

from flask import Flask, request, stream_with_context

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))

app = Flask(__name__)


@app.teardown_request
def log_request(exception):
    print("teardown_request of", request.path)


@app.teardown_appcontext
def close_connection(exception):
    print("teardown_appcontext")


@app.get("/export")
def export_orders():
    @stream_with_context
    def generate():
        yield "order 1"
        yield "order 2"

    return generate()


@app.get("/")
def index():
    return "page"
