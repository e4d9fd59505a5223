"""Return a response from before_request and lose the page.

.. testcode::

   client = app.test_client()
   for number in 1, 2:
       response = client.get("/", base_url="https://localhost")
       print("Set-Cookie" in response.headers, repr(response.text))

.. testoutput::

   True ''
   False 'Newest post: Hello'
"""

from flask import Flask, make_response, request

app = Flask(__name__)


@app.before_request
def set_visited_cookie():
    if "visited" not in request.cookies:
        response = make_response()
        response.set_cookie(
            "visited", "yes", secure=True, httponly=True, samesite="Lax"
        )
        return response


@app.get("/")
def index():
    return "Newest post: Hello"
