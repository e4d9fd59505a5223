"""Handle each crash, and leave other HTTP errors as they are.

.. testcode::

   client = app.test_client()
   for path in "/", "/nothing", "/late":
       response = client.get(path)
       print(path, response.status, response.is_json)

.. testoutput::

   / 500 INTERNAL SERVER ERROR True
   /nothing 404 NOT FOUND False
   /late 500 INTERNAL SERVER ERROR True
"""

from flask import Flask, request
from werkzeug.exceptions import HTTPException

app = Flask(__name__)


@app.errorhandler(Exception)
def report_crash(error):
    if not isinstance(error, HTTPException):
        app.logger.error("crash", exc_info=error)
    elif error.code != 500:
        return error
    return {"error": "Something went wrong"}, 500


@app.after_request
def count_words(response):
    if request.path == "/late" and response.status_code == 200:
        raise ValueError("no words")
    return response


@app.get("/")
def index():
    return 1 / 0


@app.get("/late")
def late():
    return "An after_request function will fail"
