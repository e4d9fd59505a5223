"""Register a callback from a callback, and have a hook raise once.

.. testcode::

   import logging

   logging.disable()
   response = app.test_client().get("/signals/north")
   logging.disable(logging.NOTSET)
   print(response.status)
   print(response.headers.getlist("X-Lamp"))

.. testoutput::

   500 INTERNAL SERVER ERROR
   ['lit', 'dimmed', 'dimmed']
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.after_request
def count_words(response):
    if response.status_code == 200:
        response.headers["X-Words"] = response.json["words"]
    return response


@app.get("/signals/<tower>")
def show_signal(tower):
    @after_this_request
    def light_lamp(response):
        response.headers.add("X-Lamp", "lit")
        after_this_request(dim_lamp)
        return response

    return f"Tower {tower}: all clear"


def dim_lamp(response):
    response.headers.add("X-Lamp", "dimmed")
    return response
