"""Functions that prepare the values of URLs and templates."""

import pytest
from flask import (
    Blueprint,
    Flask,
    abort,
    g,
    render_template_string,
    request,
    url_for,
)

from tests.behaviour.versions import FLASK


@pytest.fixture
def town(app):
    """A map room in a library in a town: the app and two nested blueprints."""
    library = Blueprint("library", __name__, url_prefix="/library")
    maps = Blueprint("maps", __name__, url_prefix="/maps")
    return app, library, maps


def build(town, view):
    app, library, maps = town
    for owner in town:
        owner.add_url_rule("/<page>", "page", view)
    library.register_blueprint(maps)
    app.register_blueprint(library)
    return app.test_client()


def test_url_value_preprocessor_gets_endpoint_and_values(app, steps):
    """Before the before_request functions and the view."""
    app.before_request(lambda: steps.append("before_request"))
    app.url_value_preprocessor(lambda *arguments: steps.append(arguments))
    app.add_url_rule("/<page>", "page", lambda page: page)
    app.test_client().get("/tea")
    assert steps == [("page", {"page": "tea"}), "before_request"]


def test_url_value_preprocessor_may_take_a_value_away(app):
    """The view doesn't get the values that it pops."""

    @app.url_value_preprocessor
    def take_language(endpoint, values):
        g.language = values.pop("language")

    app.add_url_rule("/<language>/", view_func=lambda: g.language)
    assert app.test_client().get("/de/").text == "de"


def test_url_value_preprocessor_gets_none_for_an_unknown_url(app, steps):
    """No rule was matched: there are no values."""
    app.url_value_preprocessor(lambda *arguments: steps.append(arguments))
    app.test_client().get("/nowhere")
    assert steps == [(None, None)]


@pytest.mark.parametrize(
    ("method", "url", "status"), [("POST", "/tea/", 405), ("GET", "/tea", 308)]
)
def test_url_value_preprocessor_gets_none_for_a_405_and_the_redirect_to_a_slash(
    app, steps, method, url, status
):
    """Flask has an error in place of a rule, and request.endpoint is None, too."""
    app.add_url_rule("/<name>/", view_func=lambda name: name, endpoint="tea")
    app.url_value_preprocessor(lambda *arguments: steps.append(arguments))
    app.before_request(lambda: steps.append(request.endpoint))
    assert app.test_client().open(url, method=method).status_code == status
    assert steps == [(None, None), None]


def test_url_value_preprocessors_run_from_the_outside_in(town, steps):
    """App, parent, child; a blueprint's for its own views only."""
    for owner, name in zip(town, ["app", "library", "maps"], strict=True):
        owner.url_value_preprocessor(lambda e, v, n=name: steps.append(f"{n} 1"))
        owner.url_value_preprocessor(lambda e, v, n=name: steps.append(f"{n} 2"))
    client = build(town, lambda page: page)
    client.get("/library/maps/tea")
    order = ["app 1", "app 2", "library 1", "library 2", "maps 1", "maps 2"]
    assert steps == order
    steps.clear()
    client.get("/library/tea")
    assert steps == order[:4]
    steps.clear()
    client.get("/tea")
    assert steps == order[:2]


def test_all_url_value_preprocessors_run_before_the_before_request_functions(
    town, steps
):
    """Also those of blueprints."""
    town[0].before_request(lambda: steps.append("app's before_request"))
    town[2].url_value_preprocessor(lambda e, v: steps.append("maps' preprocessor"))
    build(town, lambda page: page).get("/library/maps/tea")
    assert steps == ["maps' preprocessor", "app's before_request"]


def test_app_url_value_preprocessor_runs_for_every_request(town, steps):
    """A blueprint's function for the whole app."""
    town[1].app_url_value_preprocessor(lambda e, v: steps.append(e))
    client = build(town, lambda page: page)
    client.get("/tea")
    client.get("/library/tea")
    assert steps == ["page", "library.page"]


def test_url_defaults_function_fills_in_values(app):
    """It changes the values in place, before the URL is built."""

    @app.url_defaults
    def add_language(endpoint, values):
        values.setdefault("language", "de")

    app.add_url_rule("/<language>/", "home", lambda language: "")
    with app.test_request_context():
        assert url_for("home") == "/de/"
        assert url_for("home", language="en") == "/en/"


def test_url_defaults_functions_run_from_the_outside_in(town, steps):
    """Those of the blueprint that the endpoint belongs to, not of the request."""
    for owner, name in zip(town, ["app", "library", "maps"], strict=True):
        for number in 1, 2:
            owner.url_defaults(lambda e, v, n=name, i=number: steps.append((n, i, e)))
    build(town, lambda page: page)
    with town[0].test_request_context("/tea"):
        assert url_for("library.maps.page", page="tea") == "/library/maps/tea"
        names = ["app", "library", "maps"]
        both = [(name, number) for name in names for number in (1, 2)]
        assert steps == [(*pair, "library.maps.page") for pair in both]
        steps.clear()
        url_for("library.page", page="tea")
        assert [name for name, _, _ in steps] == ["app", "app", "library", "library"]
        steps.clear()
        url_for("page", page="tea")
        assert [name for name, _, _ in steps] == ["app", "app"]


def test_url_defaults_function_of_a_blueprint_changes_the_url(town):
    """It finds the values that the outer functions left."""
    app, library, _ = town
    app.url_defaults(lambda endpoint, values: values.update(page="app"))
    library.url_defaults(lambda e, values: values.update(page=values["page"] + "-lib"))
    build(town, lambda page: page)
    with app.test_request_context():
        assert url_for("library.page") == "/library/app-lib"
        assert url_for("page") == "/app"


def test_app_url_defaults_fill_in_for_the_whole_app(town):
    """A blueprint's function for every endpoint."""
    town[1].app_url_defaults(lambda endpoint, values: values.setdefault("page", "tea"))
    build(town, lambda page: page)
    with town[0].test_request_context():
        assert url_for("page") == "/tea"
        assert url_for("library.page") == "/library/tea"


def test_url_starting_with_a_dot_is_one_of_the_same_blueprint(town):
    """url_for(".page") in a view of the library."""
    client = build(town, lambda page: url_for(".page", page="next"))
    assert client.get("/library/tea").text == "/library/next"
    assert client.get("/library/maps/tea").text == "/library/maps/next"
    assert client.get("/tea").text == "/next"


# Templates.


def rendering(template):
    return lambda **values: render_template_string(template)


def test_context_processor_gives_values_to_templates(app):
    """The function returns a dict of names, and is called for each template."""
    app.context_processor(lambda: {"path": request.path})
    app.add_url_rule("/<page>", view_func=rendering("at {{ path }}"), endpoint="page")
    assert app.test_client().get("/tea").text == "at /tea"
    assert app.test_client().get("/cup").text == "at /cup"


def test_templates_know_request_session_and_g(app):
    """Without a context processor of one's own."""
    app.secret_key = "tea"
    app.before_request(lambda: setattr(g, "cup", "green"))
    app.add_url_rule(
        "/",
        view_func=rendering("{{ request.path }} {{ g.cup }} {{ session.get('a') }}"),
    )
    assert app.test_client().get("/").text == "/ green None"


def test_value_given_to_the_template_wins_over_a_context_processor(app):
    """The view has the last word."""
    app.context_processor(lambda: {"cup": "processor", "pot": "processor"})
    with app.test_request_context():
        shown = render_template_string("{{ cup }} {{ pot }}", cup="view")
    assert shown == "view processor"


def test_context_processors_run_from_the_outside_in(town, steps):
    """The innermost blueprint's value wins; functions of other blueprints don't run."""
    for owner, name in zip(town, ["app", "library", "maps"], strict=True):
        owner.context_processor(lambda n=name: steps.append(n) or {"owner": n})
    client = build(town, rendering("{{ owner }}"))
    assert client.get("/library/maps/tea").text == "maps"
    assert steps == ["app", "library", "maps"]
    assert client.get("/library/tea").text == "library"
    assert client.get("/tea").text == "app"


def test_app_context_processor_gives_values_to_all_templates(town):
    """A blueprint's function for the whole app."""
    town[1].app_context_processor(lambda: {"owner": "library, for all"})
    client = build(town, rendering("{{ owner }}"))
    assert client.get("/tea").text == "library, for all"


def test_context_processor_of_the_app_works_without_a_request(town):
    """In an app context the blueprints' functions aren't called."""
    town[0].context_processor(lambda: {"owner": "app"})
    town[1].context_processor(lambda: {"owner": "library"})
    build(town, rendering("{{ owner }}"))
    with town[0].app_context():
        assert render_template_string("{{ owner }}") == "app"


@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_async_context_processor_is_awaited_since_flask_3_0(app):
    """Before, Flask used the coroutine as the dict, and failed."""
    app.testing = True

    @app.context_processor
    async def prepare():
        return {"cup": "green"}

    app.add_url_rule("/", view_func=rendering("{{ cup }}"))
    if FLASK >= (3, 0):
        assert app.test_client().get("/").text == "green"
    else:
        with pytest.raises(TypeError, match="'coroutine' object is not iterable"):
            app.test_client().get("/")


def test_decorators_for_urls_and_templates_give_the_function_back():
    """On the app and on a blueprint, for itself and for all."""
    app, shop = Flask("shop"), Blueprint("shop", __name__)

    def function(*arguments):
        return {}

    for owner, names in (
        (app, ["url_value_preprocessor", "url_defaults", "context_processor"]),
        (shop, ["url_value_preprocessor", "url_defaults", "context_processor"]),
        (shop, ["app_url_value_preprocessor", "app_url_defaults"]),
        (shop, ["app_context_processor", "before_app_request", "after_app_request"]),
        (shop, ["before_request", "after_request"]),
        (app, ["before_request", "after_request"]),
    ):
        for name in names:
            assert getattr(owner, name)(function) is function


@pytest.mark.parametrize("of_blueprint", [False, True])
@pytest.mark.parametrize("fails", ["abort", "crash"])
def test_url_value_preprocessor_that_raises_skips_the_before_request_functions(
    app, steps, of_blueprint, fails
):
    """Those of the app, too; after_request and teardown functions run."""
    blog = Blueprint("blog", __name__)

    def check(endpoint, values):
        abort(404) if fails == "abort" else {}["language"]

    (blog if of_blueprint else app).url_value_preprocessor(check)
    app.before_request(lambda: steps.append("before app"))
    blog.before_request(lambda: steps.append("before blog"))
    app.after_request(lambda response: steps.append("after") or response)
    app.teardown_request(lambda error: steps.append("teardown"))
    blog.add_url_rule("/", "index", lambda: steps.append("view") or "Blog")
    app.register_blueprint(blog)
    response = app.test_client().get("/")
    assert response.status_code == (404 if fails == "abort" else 500)
    assert steps == ["after", "teardown"]
