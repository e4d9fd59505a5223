"""Crash in a view while the app is being tested.

.. testcode::

   try:
       response = app.test_client().get("/forecast/oslo")
       print(response.status)
   except KeyError as error:
       print("KeyError", error)
   print(COUNTED)

.. testoutput::

   KeyError 'oslo'
   []
"""

from flask import Flask

FORECASTS = {"bergen": "rain"}
COUNTED = []

app = Flask(__name__)
app.testing = True


@app.after_request
def count(response):
    COUNTED.append(response.status_code)
    return response


@app.get("/forecast/<town>")
def forecast(town):
    return FORECASTS[town]
