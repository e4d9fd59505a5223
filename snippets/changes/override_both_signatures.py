"""Override methods so that they fit every Flask version.

The first parameter is called ctx, as Flask 3.2 asks, and everything is
passed on. Before 3.2 there is no context: the first argument, if any,
is already the method's own.

.. testcode::

   print(app.test_client().get("/").text)
   print(app.test_client().get("/missing").status)

.. testoutput::

   dispatching /
   ok
   dispatching /missing
   handling NotFound
   404 NOT FOUND
"""

from flask import Flask, request


class LoudFlask(Flask):
    def full_dispatch_request(self, ctx=None):
        print("dispatching", request.path)
        arguments = [] if ctx is None else [ctx]
        return super().full_dispatch_request(*arguments)

    def handle_user_exception(self, ctx, *arguments):
        error = arguments[0] if arguments else ctx
        print("handling", type(error).__name__)
        return super().handle_user_exception(ctx, *arguments)


app = LoudFlask(__name__)


@app.get("/")
def page():
    return "ok"
