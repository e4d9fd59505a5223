"""Call an after_request function with the None that another returned.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except AttributeError as error:
       print(f"AttributeError: {error}")

.. testoutput::

   AttributeError: 'NoneType' object has no attribute 'headers'
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.after_request
def add_header(response):
    response.headers["X-Shop"] = "corner"
    return response


@app.after_request  # registered last, so it runs first
def forget_return(response):
    response.status_code = 200


@app.get("/")
def index():
    return "Hello"
