"""Read a variable when the callback is called, not when it is deferred.

.. testcode::

   response = app.test_client().get("/herbs")
   print(response.text)
   print(response.headers["X-Missing"])

.. testoutput::

   thyme, mint
   1
"""

from flask import Flask, after_this_request

BASKET = ["thyme", "saffron", "mint"]
GARDEN = {"mint", "sage", "thyme"}

app = Flask(__name__)


@app.get("/herbs")
def pick_herbs():
    missing = 0

    @after_this_request
    def count_missing(response):
        response.headers["X-Missing"] = missing
        return response

    picked = []
    for herb in BASKET:
        if herb in GARDEN:
            picked.append(herb)
        else:
            missing += 1
    return ", ".join(picked)
