"""Return text from a callback, as a view may, and get an error.

.. testcode::

   try:
       app.test_client().get("/letter")
   except TypeError as error:
       print(f"TypeError: {error}")

.. testoutput::

   TypeError: 'str' object is not callable
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.get("/letter")
def read_letter():
    @after_this_request
    def sign(response):
        letter = response.get_data(as_text=True)
        return f"{letter} Yours, Ada"

    return "The tulips are up."
