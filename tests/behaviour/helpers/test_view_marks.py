"""What a before_request function finds out about a view class."""

import threading
from functools import wraps

import pytest
from flask import g, request
from flask.views import MethodView, View

from snippets.reference import view_marks


def public(view):
    view.is_public = True
    return view


def plain(view):
    """Wrap a view without functools.wraps."""

    def wrapped(**values):
        return view(**values)

    return wrapped


def kind(view):
    """Wrap a view with functools.wraps."""
    return wraps(view)(plain(view))


def seen(app, steps, view):
    """Return the view function that a before_request function finds."""
    app.add_url_rule("/", view_func=view)
    app.before_request(lambda: steps.append(app.view_functions[request.endpoint]))
    assert app.test_client().get("/").text == "teas"
    return steps[0]


class Teas(MethodView):
    def get(self):
        return "teas"


@pytest.mark.parametrize("decorators", [(), (kind,), (plain,), (plain, kind)])
def test_view_function_of_a_class_names_its_class_whatever_decorates_it(
    app, steps, decorators
):
    """As view_class; what is registered is the outermost function."""
    decorated = type("Decorated", (Teas,), {"decorators": decorators})
    view = decorated.as_view("teas")
    found = seen(app, steps, view)
    assert found is view
    assert found.view_class is decorated


def test_mark_of_a_view_class_is_on_the_class_and_not_on_the_function(app, steps):
    """Ask view_class for it."""
    found = seen(app, steps, public(type("Marked", (Teas,), {})).as_view("teas"))
    assert not hasattr(found, "is_public")
    assert found.view_class.is_public


def test_mark_of_a_method_is_found_through_the_class(app, steps):
    """The view function is one for all methods."""

    class Shop(MethodView):
        @public
        def get(self):
            return "teas"

        def post(self):
            return "ordered"

    found = seen(app, steps, Shop.as_view("teas"))
    assert not hasattr(found, "is_public")
    assert found.view_class.get.is_public
    assert not hasattr(found.view_class.post, "is_public")


@pytest.mark.parametrize(
    ("decorators", "marked"),
    [((public,), True), ((public, kind), True), ((public, plain), False)],
)
def test_mark_in_decorators_is_lost_in_a_later_one_without_wraps(
    app, steps, decorators, marked
):
    """The last one in the list is the outermost, and the one that is registered."""
    decorated = type("Decorated", (Teas,), {"decorators": decorators})
    found = seen(app, steps, decorated.as_view("teas"))
    assert hasattr(found, "is_public") is marked


def test_decorators_of_a_subclass_replace_those_of_its_base(app):
    """Without a list of its own it has those of the base."""

    def loud(view):
        return lambda: view().upper()

    loud_teas = type("LoudTeas", (Teas,), {"decorators": (loud,)})
    views = {
        "/inherited": type("Inherited", (loud_teas,), {}),
        "/replaced": type("Replaced", (loud_teas,), {"decorators": (plain,)}),
        "/both": type("Both", (loud_teas,), {"decorators": (loud, plain)}),
    }
    for path, view in views.items():
        app.add_url_rule(path, view_func=view.as_view(path[1:]))
    client = app.test_client()
    texts = [client.get(path).text for path in views]
    assert texts == ["TEAS", "teas", "TEAS"]


def test_value_on_self_is_there_in_the_next_request_of_a_shared_instance(app):
    """With init_every_request = False; otherwise each request has an instance."""

    class Cart(View):
        def __init__(self):
            self.teas = []

        def dispatch_request(self):
            self.teas.append(request.args["tea"])
            return " ".join(self.teas)

    class Shared(Cart):
        init_every_request = False

    app.add_url_rule("/own", view_func=Cart.as_view("own"))
    app.add_url_rule("/shared", view_func=Shared.as_view("shared"))
    for path, last in ("/own", "black"), ("/shared", "green black"):
        texts = [
            app.test_client().get(f"{path}?tea={tea}").text
            for tea in ("green", "black")
        ]
        assert texts == ["green", last]


@pytest.mark.parametrize(("every", "found"), [(True, "anna"), (False, "ben")])
def test_two_requests_at_once_share_self_of_a_shared_instance(app, every, found):
    """The first reads the value that the second has put there."""
    is_set, is_over = threading.Event(), threading.Event()

    class Order(View):
        init_every_request = every

        def dispatch_request(self):
            self.user = g.user = request.args["user"]
            if self.user == "anna":
                is_set.set()
                assert is_over.wait(30)
            return [self.user, g.user]

    app.add_url_rule("/", view_func=Order.as_view("order"))
    answers = []

    def ask_first():
        answers.append(app.test_client().get("/?user=anna").json)

    first = threading.Thread(target=ask_first)
    first.start()
    assert is_set.wait(30)
    assert app.test_client().get("/?user=ben").json == ["ben", "ben"]
    is_over.set()
    first.join()
    assert answers == [[found, "anna"]]


def test_view_that_is_no_class_has_no_view_class(app, steps):
    """So a hook asks the function itself."""
    assert not hasattr(seen(app, steps, public(lambda: "teas")), "view_class")
    assert steps[0].is_public


@pytest.mark.parametrize("above", [True, False])
def test_mark_above_the_route_is_found_like_one_below_it(app, steps, above):
    """route() returns the function that it has registered."""
    route = app.get("/")

    def teas():
        return "teas"

    marked = public(route(teas)) if above else route(public(teas))
    app.before_request(lambda: steps.append(app.view_functions[request.endpoint]))
    assert app.test_client().get("/").text == "teas"
    assert steps == [marked] == [teas]
    assert steps[0].is_public


@pytest.mark.parametrize(
    ("decorator", "hidden"), [(plain, True), (kind, False), (public, False)]
)
def test_mark_below_a_decorator_without_wraps_is_hidden(app, steps, decorator, hidden):
    """Directly below the route, the mark is on the function that is registered."""
    found = seen(app, steps, decorator(public(lambda: "teas")))
    assert hasattr(found, "is_public") is not hidden
    assert public(plain(lambda: "teas")).is_public


def test_decorator_above_the_route_is_called_once_and_its_wrapper_never(app, steps):
    """It's called when the module is imported; Flask calls the function below it."""

    def log(view):
        steps.append("decorator")

        def wrapped():
            steps.append("wrapper")
            return view()

        return wrapped

    @log
    @app.get("/")
    def teas():
        return "teas"

    assert [app.test_client().get("/").text for _ in range(2)] == ["teas"] * 2
    assert steps == ["decorator"]


def test_hook_lets_in_marked_functions_and_classes_only():
    """The others need a login; an unknown URL stays a 404."""
    client = view_marks.app.test_client()
    status = {path: client.get(path).status_code for path in ("/", "/teas", "/orders")}
    assert status == {"/": 200, "/teas": 200, "/orders": 401}
    assert client.get("/nothing").status_code == 404
    assert client.options("/orders").status_code == 200
