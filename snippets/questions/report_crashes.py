"""Report each exception that no error handler caught.

.. testcode::

   client = app.test_client()
   for path in "/crash", "/forbidden", "/nothing":
       print(path, client.get(path).status_code)

.. testoutput::

   mail: GET '/crash' failed, division by zero
   /crash 500
   /forbidden 403
   /nothing 404
"""

from flask import Flask, abort, got_request_exception, request

app = Flask(__name__)


def report(sender, exception, **extra):
    # In your app: put it into a queue, a mail takes time.
    where = f"{request.method} {request.path!r}"
    print(f"mail: {where} failed, {exception}")


got_request_exception.connect(report, app)


@app.get("/crash")
def crash():
    return str(1 / 0)


@app.get("/forbidden")
def refuse():
    abort(403)
