"""Give a before_request function a parameter.

.. testcode::

   client = app.test_client()
   for hook in check_stock, Guard.check, check_fixed, Guard().check:
       app.before_request_funcs[None] = [hook]
       try:
           print(client.get("/").text)
       except TypeError as error:
           print(f"TypeError: {error}")

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: check_stock() missing 1 required
    positional argument: 'request'
   TypeError: Guard.check() missing 1 required
    positional argument: 'self'
   Shop for 127.0.0.1
   Shop for 127.0.0.1
"""

from flask import Flask, g, request

app = Flask(__name__)
app.testing = True


@app.before_request
def check_stock(request):
    g.client = request.remote_addr


def check_fixed():
    g.client = request.remote_addr


class Guard:
    def check(self):
        g.client = request.remote_addr


@app.get("/")
def index():
    return f"Shop for {g.client}"
