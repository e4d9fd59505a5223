"""Report exceptions in an error handler, as Flask reports a crash.

.. testcode::

   client = app.test_client()
   for path in "/crash", "/mail", "/stock":
       reported.clear()
       print(path, client.get(path).status_code, reported)

.. testoutput::

   /crash 500 ['division by zero']
   /mail 503 ['no connection']
   /stock 404 []
"""

from flask import Flask, current_app, got_request_exception

app = Flask(__name__)
reported = []  # for this example: leave it out


def report(sender, exception, **extra):
    # In your app: the error tracker connects a function like this.
    reported.append(str(exception))


got_request_exception.connect(report, app)


@app.errorhandler(OSError)
def show_sorry(error):
    sender = current_app._get_current_object()
    got_request_exception.send(sender, exception=error)
    return "Mail is down, please try later", 503


@app.errorhandler(LookupError)
def show_sold_out(error):
    return "Sold out", 404  # reported to nobody


@app.errorhandler(500)
def show_crash(error):
    return "Something went wrong", 500


@app.get("/crash")
def crash():
    return str(1 / 0)


@app.get("/mail")
def send_mail():
    raise OSError("no connection")


@app.get("/stock")
def show_stock():
    return {}["tea"]
