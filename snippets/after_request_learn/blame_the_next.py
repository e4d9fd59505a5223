"""Forget to return in one hook, and read the name of another.

.. testcode::

   import traceback

   try:
       app.test_client().get("/")
   except AttributeError as error:
       print(f"AttributeError: {error}")
       print("in", traceback.extract_tb(error.__traceback__)[-1].name)

.. testoutput::

   AttributeError: 'NoneType' object has no attribute 'headers'
   in set_cache_rule
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.get("/")
def show_breads():
    return "Rye, spelt, seeded rolls"


@app.after_request
def set_cache_rule(response):
    response.headers.setdefault("Cache-Control", "max-age=60")
    return response


@app.after_request
def add_notice(response):
    page = response.get_data(as_text=True)
    response.set_data(f"{page}\nClosed on Mondays")
