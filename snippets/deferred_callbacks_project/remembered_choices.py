"""Remember the language and the theme that a visitor has chosen.

.. testcode::

   client = app.test_client()
   page = client.get("/?language=de&theme=dark")
   for cookie in page.headers.getlist("Set-Cookie"):
       print(cookie.partition(";")[0])
   page = client.get("/", headers={"Accept-Language": "en"})
   print(page.text)
   print(page.headers.getlist("Set-Cookie"))

.. testoutput::

   language=de
   theme=dark
   <html lang="de" class="dark"><h1>Zine-Archiv</h1> Die Lampe, Flut
   []
"""

from flask import (
    Flask,
    after_this_request,
    g,
    render_template_string,
    request,
)

CHOICES = {"language": ["en", "de"], "theme": ["light", "dark"]}
HEADINGS = {"en": "Zine archive", "de": "Zine-Archiv"}
ZINES = {
    "lamp": {"en": "The Lamp", "de": "Die Lampe"},
    "tide": {"en": "High Tide", "de": "Flut"},
}
PAGE = (
    '<html lang="{{ g.language }}" class="{{ g.theme }}">'
    "<h1>{{ heading }}</h1> {{ text }}"
)
YEAR = 365 * 24 * 60 * 60

app = Flask(__name__)


@app.before_request
def read_choices():
    wanted = request.accept_languages.best_match(CHOICES["language"])
    g.language, g.theme = wanted or "en", "light"
    for name, values in CHOICES.items():
        if request.args.get(name) in values:
            setattr(g, name, request.args[name])
            remember(name, request.args[name])
        elif request.cookies.get(name) in values:
            setattr(g, name, request.cookies[name])


def remember(name, value):
    @after_this_request
    def set_cookie(response):
        response.set_cookie(
            name,
            value,
            max_age=YEAR,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
        return response


def show(text):
    heading = HEADINGS[g.language]
    return render_template_string(PAGE, heading=heading, text=text)


@app.get("/")
def list_zines():
    return show(", ".join(zine[g.language] for zine in ZINES.values()))
