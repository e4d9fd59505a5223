"""List the zines in a language that the browser asks for.

.. testcode::

   client = app.test_client()
   for wish in "de", "fr":
       page = client.get("/", headers={"Accept-Language": wish})
       print(page.text)

.. testoutput::

   <html lang="de">
   <h1>Zine-Archiv</h1> Die Lampe, Flut
   <html lang="en">
   <h1>Zine archive</h1> The Lamp, High Tide
"""

from flask import Flask, g, render_template_string, request

LANGUAGES = ["en", "de"]
HEADINGS = {"en": "Zine archive", "de": "Zine-Archiv"}
ZINES = {
    "lamp": {"en": "The Lamp", "de": "Die Lampe"},
    "tide": {"en": "High Tide", "de": "Flut"},
}
PAGE = """<html lang="{{ g.language }}">
<h1>{{ heading }}</h1> {{ text }}"""

app = Flask(__name__)


@app.before_request
def choose_language():
    wanted = request.accept_languages.best_match(LANGUAGES)
    g.language = wanted or LANGUAGES[0]


def show(text):
    heading = HEADINGS[g.language]
    return render_template_string(PAGE, heading=heading, text=text)


@app.get("/")
def list_zines():
    return show(", ".join(zine[g.language] for zine in ZINES.values()))
