"""Set a header by decorating the one view that needs it.

.. testcode::

   client = app.test_client()
   for url in "/timetable", "/about":
       response = client.get(url)
       print(url, response.headers.get("X-Bus-Line"))

.. testoutput::

   /timetable 42
   /about None
"""

from functools import wraps

from flask import Flask, make_response

app = Flask(__name__)


def name_line(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        response = make_response(view(*args, **kwargs))
        response.headers["X-Bus-Line"] = "42"
        return response

    return wrapper


@app.get("/timetable")
@name_line
def timetable():
    return "Hello!"


@app.get("/about")
def about():
    return "Buses since 1908"
