"""Miss a value on g after an early answer.

.. testcode::

   client = app.test_client()
   print(client.get("/").text)
   try:
       client.get("/health")
   except AttributeError as error:
       print(f"AttributeError: {error}")

.. testoutput::

   Departures (de)
   AttributeError: language
"""

from flask import Flask, g, request

app = Flask(__name__)
app.testing = True


@app.before_request
def answer_health_check():
    if request.path == "/health":
        return "ok"


@app.before_request
def choose_language():
    g.language = request.cookies.get("language", "de")


@app.after_request
def remember_language(response):
    response.set_cookie("language", g.language)
    return response


@app.get("/")
def departures():
    return f"Departures ({g.language})"
