"""Handle each crash, and leave HTTP errors as they are.

.. testcode::

   client = app.test_client()
   for path in "/", "/nothing":
       response = client.get(path)
       print(path, response.status, response.is_json)

.. testoutput::

   / 500 INTERNAL SERVER ERROR True
   /nothing 404 NOT FOUND False
"""

from flask import Flask
from werkzeug.exceptions import HTTPException

app = Flask(__name__)


@app.errorhandler(Exception)
def report_crash(error):
    if isinstance(error, HTTPException):
        return error
    app.logger.error("crash", exc_info=error)
    return {"error": "Something went wrong"}, 500


@app.get("/")
def index():
    return 1 / 0
