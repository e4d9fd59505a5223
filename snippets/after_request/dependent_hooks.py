"""Register the hook that needs a result before the one that makes it.

.. testcode::

   response = app.test_client().get("/poem")
   print(response.headers["X-Words"])
   print(response.text)

.. testoutput::

   6 words
   Petals on a wet, black bough
"""

from flask import Flask, g

app = Flask(__name__)


@app.after_request
def report_words(response):
    response.headers["X-Words"] = f"{g.words} words"
    return response


@app.after_request
def count_words(response):
    g.words = len(response.get_data(as_text=True).split())
    return response


@app.get("/poem")
def poem():
    return "Petals on a wet, black bough"
