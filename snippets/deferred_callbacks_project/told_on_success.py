"""Flash a message from a helper, and only if the request succeeds.

.. testcode::

   client = app.test_client()
   for attempt in 1, 2:
       print(client.post("/zines/tide/loans").status)
   for visit in 1, 2:
       print(client.get("/").text)

.. testoutput::

   303 SEE OTHER
   409 CONFLICT
   <html lang="en" class="light"><p>High Tide is yours.</p> The Lamp
   <html lang="en" class="light"> The Lamp
"""

from flask import (
    Flask,
    abort,
    after_this_request,
    flash,
    g,
    redirect,
    render_template_string,
    request,
    url_for,
)

CHOICES = {"language": ["en", "de"], "theme": ["light", "dark"]}
ZINES = {
    "lamp": {"en": "The Lamp", "de": "Die Lampe"},
    "tide": {"en": "High Tide", "de": "Flut"},
}
LENT = {"en": "{} is yours.", "de": "{} gehört dir."}
PAGE = (
    '<html lang="{{ choice("language") }}"'
    ' class="{{ choice("theme") }}">'
    "{% for message in get_flashed_messages() %}"
    "<p>{{ message }}</p>{% endfor %} {{ text }}"
)
YEAR = 365 * 24 * 60 * 60

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.lent = set()


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


def tell(message):
    @after_this_request
    def flash_after_success(response):
        if response.status_code < 400:
            flash(message)
        return response


def lend(name):
    tell(LENT[choice("language")].format(title_of(name)))
    if name in app.lent:
        abort(409)
    app.lent.add(name)


def title_of(name):
    return ZINES[name][choice("language")]


@app.get("/")
def list_zines():
    free = [title_of(name) for name in ZINES if name not in app.lent]
    return render_template_string(PAGE, text=", ".join(free))


@app.post("/zines/<name>/loans")
def borrow(name):
    if name not in ZINES:
        abort(404)
    lend(name)
    return redirect(url_for("list_zines"), 303)


@app.get("/opening-hours.txt")
def opening_hours():
    return "10-18", {"Content-Type": "text/plain"}
