"""Remember the visitor's language from before_request.

.. testcode::

   client = app.test_client()
   for accepted in "fr, en;q=0.7", "de":
       headers = {"Accept-Language": accepted}
       response = client.get("/", headers=headers)
       print(response.text)
       print(response.headers.get("Set-Cookie"))

.. testoutput::

   Bonjour !
   language=fr; Path=/; SameSite=Lax
   Bonjour !
   None
"""

from flask import Flask, after_this_request, g, request

GREETINGS = {"de": "Guten Tag!", "en": "Hello!", "fr": "Bonjour !"}

app = Flask(__name__)


@app.before_request
def choose_language():
    language = request.cookies.get("language")

    if language not in GREETINGS:
        accepted = request.accept_languages
        language = accepted.best_match(GREETINGS, default="en")

        @after_this_request
        def remember_language(response):
            response.set_cookie("language", language, samesite="Lax")
            return response

    g.language = language


@app.get("/")
def greet():
    return GREETINGS[g.language]
