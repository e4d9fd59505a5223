"""Return text from a callback, as a view may, and get an error.

.. testcode::

   try:
       app.test_client().get("/posts/hello")
   except TypeError as error:
       print(f"TypeError: {error}")

.. testoutput::

   TypeError: 'str' object is not callable
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.get("/posts/hello")
def show_post():
    @after_this_request
    def add_signature(response):
        text = response.get_data(as_text=True)
        return f"{text} Yours, Ada"

    return "The shop is open."
