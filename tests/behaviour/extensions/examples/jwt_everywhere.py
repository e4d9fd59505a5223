"""Require a token for every view, and renew it.

.. testcode::

   client = app.test_client()
   print(client.get("/orders").status, client.get("/nothing").status)
   print(client.post("/login", data={"name": "ada"}).text)
   response = client.get("/orders")
   print(response.text, "Set-Cookie" in response.headers)

   with app.app_context():
       old = create_access_token("ada", expires_delta=timedelta(minutes=4))
   client.set_cookie("access_token_cookie", old)
   response = client.get("/orders")
   print(response.text, "Set-Cookie" in response.headers)

.. testoutput::

   401 UNAUTHORIZED 404 NOT FOUND
   hello
   orders of ada False
   orders of ada True
"""

from datetime import datetime, timedelta, timezone

from flask import Flask, request
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    get_jwt,
    get_jwt_identity,
    set_access_cookies,
    verify_jwt_in_request,
)
from markupsafe import escape

app = Flask(__name__)
app.config.update(
    JWT_SECRET_KEY="only for tests, and 32 bytes or more",
    JWT_TOKEN_LOCATION=["cookies"],
    JWT_COOKIE_SECURE=True,
    JWT_COOKIE_SAMESITE="Lax",
)
jwt = JWTManager(app)
# None is an unknown URL, which stays a 404.
PUBLIC = {"log_in", "static", None}


@app.before_request
def require_token():
    if request.endpoint not in PUBLIC:
        verify_jwt_in_request()


@app.after_request
def renew_token(response):
    try:
        ends = datetime.fromtimestamp(get_jwt()["exp"], timezone.utc)
    except RuntimeError:
        return response  # no token was checked
    if ends - datetime.now(timezone.utc) < timedelta(minutes=5):
        token = create_access_token(get_jwt_identity())
        set_access_cookies(response, token)
    return response


@app.post("/login")
def log_in():
    name = request.form["name"]  # check the password here
    response = app.make_response("hello")
    set_access_cookies(response, create_access_token(name))
    return response


@app.get("/orders")
def show_orders():
    return f"orders of {escape(get_jwt_identity())}"
