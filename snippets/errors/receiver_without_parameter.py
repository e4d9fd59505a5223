"""Connect a receiver that does not take what the signal sends.

.. testcode::

   from flask import request_finished

   client = app.test_client()
   for receiver in log_response, log_response_fixed:
       with request_finished.connected_to(receiver, app):
           try:
               print(client.get("/").text)
           except TypeError as error:
               print(f"TypeError: {error}")

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: log_response() got an unexpected keyword
    argument 'response'
   200 OK
   Shop
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


def log_response(sender):
    print("finished")


def log_response_fixed(sender, response, **extra):
    print(response.status)


@app.get("/")
def index():
    return "Shop"
