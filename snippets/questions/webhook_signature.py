"""Refuse a webhook whose signature doesn't match its body.

.. testcode::

   body = b'{"paid": 7}'
   client = app.test_client()
   for signature in sign(body), sign(b"{}"), "":
       headers = {"X-Signature": signature}
       response = client.post("/hooks/paid", data=body, headers=headers)
       print(response.status_code)

.. testoutput::

   200
   401
   401
"""

import hmac

from flask import Blueprint, Flask, abort, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 100_000  # the hook reads all of it
SECRET = b"change me"  # read it from the environment
hooks = Blueprint("hooks", __name__, url_prefix="/hooks")


def sign(body):
    return hmac.new(SECRET, body, "sha256").hexdigest()


@hooks.before_request
def check_signature():
    expected = sign(request.get_data()).encode()
    given = request.headers.get("X-Signature", "").encode()
    if not hmac.compare_digest(given, expected):
        abort(401)


@hooks.post("/paid")
def note_payment():
    return request.get_json(force=True)


app.register_blueprint(hooks)
