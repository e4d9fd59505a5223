"""Hand on a different response from a deferred callback.

.. testcode::

   client = app.test_client()
   for path in "/weather", "/weather?format=text":
       response = client.get(path)
       print(response.mimetype, response.text.strip())

.. testoutput::

   application/json {"city":"Oslo","degrees":4}
   text/plain Oslo: 4 degrees
"""

from flask import Flask, Response, after_this_request, request

app = Flask(__name__)


@app.before_request
def choose_format():
    if request.args.get("format") == "text":
        after_this_request(write_as_text)


def write_as_text(response):
    weather = response.get_json()
    text = f"{weather['city']}: {weather['degrees']} degrees"
    return Response(text, mimetype="text/plain")


@app.get("/weather")
def show_weather():
    return {"city": "Oslo", "degrees": 4}
