"""Remember the visitor's language in a cookie, from before_request.

.. testcode::

   client = app.test_client()
   for accepted in "fr, en;q=0.7", "de":
       response = client.get(
           "/",
           base_url="https://localhost",
           headers={"Accept-Language": accepted},
       )
       cookie = response.headers.get("Set-Cookie", "no cookie")
       print(response.text, "|", cookie.partition(";")[0])

.. testoutput::

   Bonjour ! | language=fr
   Bonjour ! | no cookie
"""

from flask import Flask, after_this_request, g, request

GREETINGS = {"de": "Guten Tag!", "en": "Hello!", "fr": "Bonjour !"}
YEAR = 365 * 24 * 60 * 60

app = Flask(__name__)


@app.before_request
def choose_language():
    if request.endpoint == "static":
        return

    after_this_request(add_vary)
    language = request.cookies.get("language")
    if language not in GREETINGS:
        accepted = request.accept_languages
        language = accepted.best_match(GREETINGS, default="en")

        @after_this_request
        def set_language_cookie(response):
            response.set_cookie(
                "language",
                language,
                max_age=YEAR,
                secure=True,
                httponly=True,
                samesite="Lax",
            )
            return response

    g.language = language


def add_vary(response):
    response.vary.update(["Accept-Language", "Cookie"])
    return response


@app.get("/")
def index():
    return GREETINGS[g.language]
