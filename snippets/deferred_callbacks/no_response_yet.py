"""Set a cookie on a response of one's own and lose the page.

.. testcode::

   client = app.test_client()
   for response in client.get("/"), client.get("/"):
       print(response.headers.get("Set-Cookie"))
       print(repr(response.text))

.. testoutput::

   visited=yes; Path=/
   ''
   None
   'On show: Dutch masters'
"""

from flask import Flask, make_response, request

app = Flask(__name__)


@app.before_request
def remember_visit():
    if "visited" not in request.cookies:
        response = make_response()
        response.set_cookie("visited", "yes")
        return response


@app.get("/")
def exhibition():
    return "On show: Dutch masters"
