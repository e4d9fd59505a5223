"""Return errors as JSON, with the headers that belong to the error.

.. testcode::

   client = app.test_client()
   print(client.get("/orders/8").json)
   response = client.delete("/orders/7")
   print(response.json)
   print(sorted(response.allow))

.. testoutput::

   {'code': 404, 'name': 'Not Found'}
   {'code': 405, 'name': 'Method Not Allowed'}
   ['GET', 'HEAD', 'OPTIONS']
"""

from flask import Flask, abort, json
from werkzeug.exceptions import HTTPException

app = Flask(__name__)


@app.errorhandler(HTTPException)
def return_json(error):
    response = error.get_response()
    response.data = json.dumps({"code": error.code, "name": error.name})
    response.content_type = "application/json"
    return response


@app.get("/orders/<int:number>")
def show_order(number):
    if number != 7:
        abort(404)
    return {"number": number}
