"""Keep the token from scripts, plain HTTP and other sites.

.. testcode::

   response = app.test_client().post("/login")
   cookie = response.headers["Set-Cookie"]
   print(sorted(cookie.split("; ")))

.. testoutput::

   ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure', 'token=t1']
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.post("/login")
def login():
    @after_this_request
    def remember(response):
        response.set_cookie(
            "token",
            "t1",
            httponly=True,
            secure=True,
            samesite="Lax",
        )
        return response

    return "Welcome back"
