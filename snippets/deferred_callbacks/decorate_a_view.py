"""Add a header to all responses of one view, also to its errors.

.. testcode::

   client = app.test_client()
   for path in "/orders/7", "/orders/9":
       response = client.get(path)
       print(response.status, response.headers["Cache-Control"])

.. testoutput::

   200 OK no-store
   404 NOT FOUND no-store
"""

from functools import wraps

from flask import Flask, abort, after_this_request

app = Flask(__name__)


def uncached(view):
    @wraps(view)
    def wrapper(**arguments):
        @after_this_request
        def forbid_caching(response):
            response.headers["Cache-Control"] = "no-store"
            return response

        return view(**arguments)

    return wrapper


@app.get("/orders/<int:number>")
@uncached
def show_order(number):
    if number != 7:
        abort(404)
    return "tea"
