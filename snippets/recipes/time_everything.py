"""Measure a request until its body has been sent.

.. testcode::

   client = app.test_client()
   for path in "/nothing", "/export":
       client.get(path, buffered=True)
   print([line for line, _ in times])
   print(times[-1][1] >= 0.02)
   times.clear()

.. testoutput::

   ["GET '/nothing'", "GET '/export'"]
   True
"""

import time

from flask import Flask
from werkzeug.wsgi import ClosingIterator

app = Flask(__name__)
times = []  # in your app: a histogram, or app.logger.info


class NoteTime:
    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        started = time.perf_counter()
        line = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']!r}"

        def note():
            times.append((line, time.perf_counter() - started))

        body = self.wsgi_app(environ, start_response)
        return ClosingIterator(body, note)


app.wsgi_app = NoteTime(app.wsgi_app)


@app.get("/export")
def export_orders():
    def rows():
        yield "1,Tea\n"
        time.sleep(0.02)
        yield "2,Coffee\n"

    return rows()
