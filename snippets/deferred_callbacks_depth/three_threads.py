"""Defer from three threads, each with its own way to the request.

.. testcode::

   response = app.test_client().get("/stock")
   print(response.text)
   print(response.headers.getlist("X-Source"))

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


def name_source(source, log):
    def add_source(response):
        response.headers.add("X-Source", source)
        return response

    try:
        after_this_request(add_source)
    except RuntimeError as error:
        log.append(f"{source}: {type(error).__name__}")
    else:
        log.append(f"{source}: no error")


@app.get("/stock")
def show_stock():
    log = []
    in_copy = copy_current_request_context(name_source)
    variables = copy_context()
    for call in [
        (name_source, "nothing handed over"),
        (in_copy, "copied request context"),
        (variables.run, name_source, "copied variables"),
    ]:
        thread = Thread(target=call[0], args=(*call[1:], log))
        thread.start()
        thread.join()
    return "\n".join(log)
