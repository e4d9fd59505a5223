"""Change the response of one view with a decorator of its own.

.. testcode::

   client = app.test_client()
   for path in "/programme", "/programme.ics":
       print(client.get(path).mimetype)

.. testoutput::

   text/html
   text/calendar
"""

from functools import wraps

from flask import Flask, make_response

app = Flask(__name__)


def as_calendar(view):
    @wraps(view)
    def wrapped(*args, **kwargs):
        response = make_response(view(*args, **kwargs))
        response.mimetype = "text/calendar"
        return response

    return wrapped


@app.get("/programme")
def programme():
    return "Saturday: concert in the park"


@app.get("/programme.ics")
@as_calendar
def calendar():
    return "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
