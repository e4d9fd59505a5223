"""Tell caches what a page depends on, from where it is looked up.

.. testcode::

   client = app.test_client()
   for path in "/", "/opening-hours.txt", "/?theme=dark":
       response = client.get(path)
       print(path, "|", response.headers.get("Vary"))

.. testoutput::

   / | Accept-Language, Cookie
   /opening-hours.txt | None
   /?theme=dark | Accept-Language, Cookie
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
    '<html lang="{{ language }}" class="{{ choice("theme") }}">'
    "<h1>{{ heading }}</h1> {{ text }}"
)
YEAR = 365 * 24 * 60 * 60

app = Flask(__name__)


@app.before_request
def read_choices():
    wanted = request.accept_languages.best_match(CHOICES["language"])
    g.choices = {"language": wanted or "en", "theme": "light"}
    for name, values in CHOICES.items():
        if request.args.get(name) in values:
            g.choices[name] = request.args[name]
            remember(name, request.args[name])
        elif request.cookies.get(name) in values:
            g.choices[name] = request.cookies[name]


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


@app.template_global()
def choice(name):
    depends = ["Cookie"]
    if name == "language":
        depends.insert(0, "Accept-Language")

    @after_this_request
    def say_what_it_depends_on(response):
        response.vary.update(depends)
        return response

    return g.choices[name]


def show(text):
    language = choice("language")
    return render_template_string(
        PAGE, language=language, heading=HEADINGS[language], text=text
    )


@app.get("/")
def list_zines():
    language = choice("language")
    return show(", ".join(zine[language] for zine in ZINES.values()))


@app.get("/opening-hours.txt")
def opening_hours():
    return "10-18", {"Content-Type": "text/plain"}
