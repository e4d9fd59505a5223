"""Defer from three threads, each with another way to the request.

.. testcode::

   response = app.test_client().get("/observatory")
   print(response.text)
   print(response.headers.getlist("X-Seen-By"))

.. testoutput::

   nothing handed over: RuntimeError
   copied request context: no error
   copied variables: no error
   ['copied variables']
"""

from contextvars import copy_context
from threading import Thread

from flask import (
    Flask,
    after_this_request,
    copy_current_request_context,
)

app = Flask(__name__)


def sign(observer, log):
    def add_observer(response):
        response.headers.add("X-Seen-By", observer)
        return response

    try:
        after_this_request(add_observer)
    except RuntimeError as error:
        log.append(f"{observer}: {type(error).__name__}")
    else:
        log.append(f"{observer}: no error")


@app.get("/observatory")
def observe():
    log = []
    in_copy = copy_current_request_context(sign)
    variables = copy_context()
    for call in [
        (sign, "nothing handed over"),
        (in_copy, "copied request context"),
        (variables.run, sign, "copied variables"),
    ]:
        thread = Thread(target=call[0], args=(*call[1:], log))
        thread.start()
        thread.join()
    return "\n".join(log)
