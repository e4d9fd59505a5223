"""Set a cookie from a function that has no response yet.

.. testcode::

   client = app.test_client()
   response = client.get("/?lang=de")
   print(response.text, response.headers["Set-Cookie"])
   response = client.get("/")
   print(response.text, response.headers.get("Set-Cookie"))
   print(client.get("/?lang=xx").text)

.. testoutput::

   Hallo lang=de; Secure; HttpOnly; Path=/; SameSite=Lax
   Hallo None
   Hallo
"""

from flask import Flask, after_this_request, request

app = Flask(__name__)
GREETINGS = {"en": "Hello", "de": "Hallo"}


def choose_language():
    chosen = request.args.get("lang")
    if chosen in GREETINGS:

        @after_this_request
        def set_language_cookie(response):
            response.set_cookie(
                "lang",
                chosen,
                secure=True,
                httponly=True,
                samesite="Lax",
            )
            return response

        return chosen
    remembered = request.cookies.get("lang")
    return remembered if remembered in GREETINGS else "en"


@app.get("/")
def index():
    return GREETINGS[choose_language()]
