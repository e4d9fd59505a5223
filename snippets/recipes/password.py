"""Ask for one name and password on every page.

.. testcode::

   client = app.test_client()
   refused = client.get("/")
   print(refused.status, refused.headers["WWW-Authenticate"])
   for auth in ("shop", "wrong"), ("shop", "change me"):
       print(client.get("/", auth=auth).status)
   print(client.get("/nothing").status)

.. testoutput::

   401 UNAUTHORIZED Basic realm="Shop"
   401 UNAUTHORIZED
   200 OK
   401 UNAUTHORIZED
"""

from hmac import compare_digest

from flask import Flask, request

app = Flask(__name__)
NAME, PASSWORD = "shop", "change me"  # read it from the environment


def is_equal(given, expected):
    return compare_digest((given or "").encode(), expected.encode())


@app.before_request
def require_password():
    login = request.authorization
    if login is not None and login.type == "basic":
        name = is_equal(login.username, NAME)
        if is_equal(login.password, PASSWORD) and name:
            return None
    challenge = {"WWW-Authenticate": 'Basic realm="Shop"'}
    return "Log in, please.", 401, challenge


@app.get("/")
def index():
    return "Shop"
