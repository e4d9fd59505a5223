"""Register a teardown function that takes no argument.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except TypeError as error:
       print(f"TypeError: {error}")

   app.teardown_appcontext_funcs[:] = [close_with_exception]
   print(client.get("/").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: close_database() takes 0 positional arguments but 1 was
   given
   closed
   Hello
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.teardown_appcontext
def close_database():
    print("closed")


def close_with_exception(exception):
    print("closed")


@app.get("/")
def index():
    return "Hello"
