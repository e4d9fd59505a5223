"""One request that meets every callback.

.. testcode::

   response = app.test_client().get("/en/orders/7")
   print(response.text)
   print(response.headers["Cache-Control"])
   response.close()

.. testoutput::

   Order 7 of anna, see /en/
   no-store
"""

from flask import (
    Flask,
    after_this_request,
    g,
    render_template_string,
    request_finished,
    request_started,
)

app = Flask(__name__)


@app.url_value_preprocessor
def take_language(endpoint, values):
    g.language = (values or {}).pop("language", "en")


@app.before_request
def load_user():
    g.user = "anna"


@app.context_processor
def add_user():
    return {"user": g.user}


@app.url_defaults
def add_language(endpoint, values):
    if app.url_map.is_endpoint_expecting(endpoint, "language"):
        values.setdefault("language", g.get("language", "en"))


@app.get("/<language>/")
def index():
    return "Shop"


@app.get("/<language>/orders/<int:number>")
def show_order(number):
    @after_this_request
    def remember_order(response):
        response.set_cookie(
            "last",
            str(number),
            secure=True,
            httponly=True,
            samesite="Lax",
        )
        return response

    return render_template_string(
        "Order {{ number }} of {{ user }}, see {{ url_for('index') }}",
        number=number,
    )


@app.after_request
def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    response.call_on_close(note_close)
    return response


def note_close():
    pass


@app.teardown_request
def release_lock(exception):
    pass


@app.teardown_appcontext
def close_database(exception):
    pass


@request_started.connect_via(app)
def note_start(sender):
    pass


@request_finished.connect_via(app)
def note_finish(sender, response):
    pass
