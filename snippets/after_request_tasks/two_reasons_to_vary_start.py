"""Name only one reason why the response varies.

.. testcode::

   client = app.test_client()
   accept = {"Accept-Language": "fr", "Accept": "application/json"}
   for path in "/", "/trains", "/nowhere":
       response = client.get(path, headers=accept)
       language = response.headers["Content-Language"]
       reasons = ",".join(response.headers.getlist("Vary")).split(",")
       print(path, language, response.text[:15].strip())
       print("  varies by", *sorted(map(str.strip, reasons)))

.. testoutput::

   / fr Voie 2
     varies by Accept-Language
   /trains fr {"next":"16:02"
     varies by Accept-Language
   /nowhere fr <!doctype html>
     varies by Accept-Language
"""

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def name_language(response):
    response.headers["Content-Language"] = language()
    response.headers["Vary"] = "Accept-Language"
    return response


def language():
    return request.accept_languages.best_match(["en", "fr"], "en")


@app.get("/")
def station():
    return {"en": "Platform 2", "fr": "Voie 2"}[language()]


@app.get("/trains")
def trains():
    varies = {"Vary": "Accept"}
    if request.accept_mimetypes.best == "application/json":
        return {"next": "16:02"}, varies
    return "16:02", varies
