"""Count the lines of a page after another hook has added one.

.. testcode::

   response = app.test_client().get("/")
   print(response.text)
   print(response.headers["X-Lines"])

.. testoutput::

   Rye, spelt, seeded rolls
   Closed on Mondays
   2
"""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def show_breads():
    return "Rye, spelt, seeded rolls"


@app.after_request
def set_cache_rule(response):
    response.headers.setdefault("Cache-Control", "max-age=60")
    return response


@app.after_request
def count_lines(response):
    if response.mimetype == "text/html" and not response.is_streamed:
        lines = response.get_data(as_text=True).splitlines()
        response.headers["X-Lines"] = len(lines)
    return response


@app.after_request
def add_notice(response):
    if response.mimetype == "text/html" and not response.is_streamed:
        page = response.get_data(as_text=True)
        response.set_data(f"{page}\nClosed on Mondays")
    return response
