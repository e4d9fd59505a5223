"""When the application and request contexts begin and end."""

import gc
import threading
import weakref

import pytest
from flask import (
    Flask,
    appcontext_popped,
    appcontext_pushed,
    appcontext_tearing_down,
    copy_current_request_context,
    current_app,
    g,
    has_app_context,
    has_request_context,
    request,
    session,
    url_for,
)
from werkzeug.routing import BaseConverter
from werkzeug.test import create_environ

from tests.behaviour.versions import FLASK


@pytest.fixture
def other():
    """A second application."""
    return Flask("other")


def test_has_app_context_tells_whether_an_app_is_current(app):
    """Inside of app_context(), and in a request."""
    assert not has_app_context()
    with app.app_context():
        assert has_app_context() is True
        assert has_request_context() is False
    assert has_app_context() is False


def test_has_request_context_tells_whether_a_request_is_current(app):
    """A request context brings an app context with it."""
    assert has_request_context() is False
    with app.test_request_context():
        assert has_request_context() is True
        assert has_app_context() is True
    assert not has_request_context()
    assert not has_app_context()


def test_app_context_makes_the_app_current(app, other):
    """current_app is the innermost one."""
    with app.app_context():
        assert current_app._get_current_object() is app
        with other.app_context():
            assert current_app.name == "other"
        assert current_app._get_current_object() is app


def test_app_context_as_a_with_target_knows_its_app(app):
    """with app.app_context() as context: context.app and context.g."""
    with app.app_context() as context:
        assert context.app is app
        g.cup = "green"
        assert context.g.cup == "green"


def test_request_context_as_a_with_target_knows_its_request(app):
    """Its request, session and app are those that are current."""
    with app.test_request_context("/tea") as context:
        assert context.app is app
        assert context.request is request._get_current_object()
        assert context.session is session._get_current_object()


def test_app_context_gets_a_fresh_g(app):
    """Also inside of another one of the same app."""
    with app.app_context():
        g.cup = "green"
        with app.app_context():
            assert "cup" not in g
        assert g.cup == "green"
    with app.app_context():
        assert "cup" not in g


def test_every_request_gets_a_fresh_g(app):
    """What one request puts there is gone in the next."""
    app.add_url_rule("/", view_func=lambda: g.setdefault("path", request.query_string))
    client = app.test_client()
    assert client.get("/?1").text == "1"
    assert client.get("/?2").text == "2"


def test_request_inside_an_app_context_shares_its_g_until_3_1(app):
    """Since Flask 3.2 each request has an app context of its own."""
    with app.app_context():
        g.cup = "green"
        with app.test_request_context():
            assert ("cup" in g) == (FLASK < (3, 2))


def test_request_inside_the_context_of_another_app_gets_its_own(app, other):
    """The app context of another app is never used."""
    with other.app_context():
        g.cup = "green"
        with app.test_request_context():
            assert current_app._get_current_object() is app
            assert "cup" not in g
        assert current_app.name == "other"
        assert g.cup == "green"


def test_requests_to_two_apps_can_be_nested(app, other):
    """The inner one is current until it ends."""
    with app.test_request_context("/outer"):
        with other.test_request_context("/inner"):
            assert (request.path, current_app.name) == ("/inner", "other")
        assert (request.path, current_app.name) == ("/outer", app.name)


def test_app_context_left_in_the_wrong_order_is_an_error(app, other):
    """The message names both; until 3.1 an AssertionError, then a RuntimeError."""
    outer, inner = app.app_context(), other.app_context()
    error = RuntimeError if FLASK >= (3, 2) else AssertionError
    outer.push()
    inner.push()
    with pytest.raises(error) as caught:
        outer.pop()
    assert repr(outer) in str(caught.value)
    assert repr(inner) in str(caught.value)
    if FLASK >= (3, 2):
        inner.pop()
        outer.pop()
        assert str(caught.value).endswith(f"it is not the active context ({inner!r}).")
    else:
        assert str(caught.value) == (
            f"Popped wrong app context. ({inner!r} instead of {outer!r})"
        )


def test_request_context_left_in_the_wrong_order_is_an_error(app):
    """The message names both contexts."""
    outer, inner = app.test_request_context("/outer"), app.test_request_context("/in")
    error = RuntimeError if FLASK >= (3, 2) else AssertionError
    outer.push()
    inner.push()
    with pytest.raises(error) as caught:
        outer.pop()
    assert repr(outer) in str(caught.value)
    assert repr(inner) in str(caught.value)
    if FLASK >= (3, 2):
        inner.pop()
        outer.pop()
    else:
        assert str(caught.value) == (
            f"Popped wrong request context. ({inner!r} instead of {outer!r})"
        )


def test_context_pushed_twice_is_taken_down_once(app, steps):
    """Teardown functions run when the first push is undone."""
    app.teardown_request(lambda error: steps.append("request"))
    app.teardown_appcontext(lambda error: steps.append("app"))
    context = app.test_request_context()
    context.push()
    context.push()
    context.pop()
    assert steps == []
    assert has_request_context()
    context.pop()
    assert steps == ["request", "app"]
    assert not has_app_context()


def test_app_context_pushed_twice_is_taken_down_once(app, steps):
    """So a function may push the context that is active already."""
    app.teardown_appcontext(lambda error: steps.append("app"))
    context = app.app_context()
    with context:
        with context:
            g.cup = "green"
        assert steps == []
        assert g.cup == "green"
    assert steps == ["app"]
    assert not has_app_context()


def test_context_can_be_used_again_after_it_ended(app, steps):
    """Its teardown functions run each time."""
    app.teardown_appcontext(lambda error: steps.append("app"))
    context = app.app_context()
    for _ in range(2):
        with context:
            assert has_app_context()
    assert steps == ["app", "app"]


def test_pop_takes_the_exception_for_teardown(app):
    """pop(error) by hand tells the teardown functions of it."""
    received = []
    app.teardown_request(received.append)
    app.teardown_appcontext(received.append)
    crash = LookupError("cup")
    context = app.test_request_context()
    context.push()
    context.pop(crash)
    assert received == [crash, crash]


@pytest.mark.parametrize("make", ["app_context", "test_request_context"])
def test_pop_inside_an_except_block_tells_teardown_until_3_1(app, make):
    """Without an argument the exception being handled counted; in 3.2 none does."""
    received = []
    app.teardown_request(lambda error: received.append(type(error)))
    app.teardown_appcontext(lambda error: received.append(type(error)))
    context = getattr(app, make)()
    context.push()
    try:
        {}["cup"]
    except KeyError:
        context.pop()
    told = KeyError if FLASK < (3, 2) else type(None)
    assert received == [told] * (1 + (make == "test_request_context"))


@pytest.mark.parametrize("make", ["app_context", "test_request_context"])
def test_context_used_inside_an_except_block_tells_teardown_of_nothing(app, make):
    """What is being handled outside of the with block does not count."""
    received = []
    app.teardown_request(received.append)
    app.teardown_appcontext(received.append)
    try:
        {}["cup"]
    except KeyError:
        with getattr(app, make)():
            pass
    assert received == [None] * (1 + (make == "test_request_context"))


def test_pop_with_none_inside_an_except_block_tells_teardown_of_nothing(app):
    """None is an argument: no error."""
    received = []
    app.teardown_appcontext(received.append)
    context = app.app_context()
    context.push()
    try:
        {}["cup"]
    except KeyError:
        context.pop(None)
    assert received == [None]


@pytest.mark.parametrize("proxy", [request, session], ids=["request", "session"])
def test_request_outside_of_a_request_says_so(app, proxy):
    """Also with an app context alone: the first line is what people search for."""
    with app.app_context(), pytest.raises(RuntimeError) as caught:
        proxy.attribute  # noqa: B018 (reading it raises)
    message = str(caught.value)
    if FLASK >= (3, 2):
        assert message == "There is no request in this context."
    else:
        assert message.startswith("Working outside of request context.\n")


@pytest.mark.parametrize("proxy", [current_app, g], ids=["current_app", "g"])
def test_app_outside_of_an_app_context_says_so(proxy):
    """The message shows the way: app.app_context()."""
    with pytest.raises(RuntimeError) as caught:
        proxy.attribute  # noqa: B018 (reading it raises)
    message = str(caught.value)
    assert message.startswith("Working outside of application context.\n")
    assert "app.app_context()" in message


# Signals.


@pytest.fixture
def signals(app, steps):
    """Note the signals of contexts, with sender and arguments."""

    def note(name):
        def receive(sender, **arguments):
            steps.append((name, sender is app, arguments))

        return receive

    with (
        appcontext_pushed.connected_to(note("pushed")),
        appcontext_tearing_down.connected_to(note("tearing down")),
        appcontext_popped.connected_to(note("popped")),
    ):
        yield steps


def test_app_context_sends_signals_when_it_begins_and_ends(app, signals):
    """The app is the sender; tearing down carries the exception."""
    with app.app_context():
        assert signals == [("pushed", True, {})]
    assert signals[1:] == [("tearing down", True, {"exc": None}), ("popped", True, {})]


def test_signal_of_tearing_down_carries_the_exception(app, signals):
    """The exception that left the with block."""
    crash = LookupError("cup")
    with pytest.raises(LookupError), app.app_context():
        raise crash
    assert ("tearing down", True, {"exc": crash}) in signals


def test_request_sends_the_signals_of_its_app_context(app, signals):
    """One app context for each request."""
    app.test_client().get("/")
    assert [name for name, *_ in signals] == ["pushed", "tearing down", "popped"]


def test_receiver_of_appcontext_pushed_can_use_the_context(app):
    """A test may put something on g before the view runs."""
    app.add_url_rule("/", view_func=lambda: g.user)

    def set_user(sender):
        g.user = "Ada"

    with appcontext_pushed.connected_to(set_user, app):
        assert app.test_client().get("/").text == "Ada"


def test_receiver_of_appcontext_tearing_down_still_has_the_context(app, steps):
    """And a receiver of appcontext_popped has not."""

    def note(sender, **arguments):
        steps.append(has_app_context())

    with (
        appcontext_tearing_down.connected_to(note, app),
        appcontext_popped.connected_to(note, app),
        app.app_context(),
    ):
        pass
    assert steps == [True, False]


def test_teardown_functions_of_the_app_context_run_before_its_signal(app, steps):
    """In reverse order, with the context still there."""
    app.teardown_appcontext(lambda error: steps.append(f"first {current_app.name}"))
    app.teardown_appcontext(lambda error: steps.append(f"second {g.get('cup')}"))

    def note(sender, exc):
        steps.append("signal")

    with appcontext_tearing_down.connected_to(note, app), app.app_context():
        g.cup = "green"
    assert steps == ["second green", f"first {app.name}", "signal"]


# Keeping and copying.


def test_test_client_in_a_with_block_keeps_the_context(app):
    """request, session and g can be looked at after the response."""
    app.secret_key = "tea"

    @app.get("/<cup>")
    def index(cup):
        g.cup = session["cup"] = cup
        return "Tea"

    with app.test_client() as client:
        client.get("/green")
        assert (request.path, g.cup, session["cup"]) == ("/green", "green", "green")
        client.get("/black")
        assert (request.path, g.cup, session["cup"]) == ("/black", "black", "black")
    assert not has_request_context()
    assert not has_app_context()


def test_context_kept_by_the_test_client_is_taken_down_twice(app, steps):
    """At the end of the request as ever, and when the kept context is given up."""
    app.teardown_request(lambda error: steps.append("teardown"))
    with app.test_client() as client:
        client.get("/")
        assert steps == ["teardown"]
        client.get("/")
        assert steps == ["teardown"] * 3
    assert steps == ["teardown"] * 4


def test_finished_request_is_freed_at_once_until_3_1(app):
    """Then nothing keeps it; in Flask 3.2 it waits for the garbage collector."""
    kept = []

    @app.get("/")
    def index():
        kept.append(weakref.ref(request._get_current_object()))
        return "Tea"

    environ = create_environ()
    gc.disable()
    try:
        b"".join(app(environ, lambda status, headers: None))
        assert (kept[0]() is None) == (FLASK < (3, 2))
    finally:
        gc.enable()


def test_environment_forgets_the_request_at_its_end_until_3_1(app):
    """With the last pop; Flask 3.2 leaves it there."""
    context = app.test_request_context()
    context.push()
    context.push()
    environ = request.environ
    context.pop()
    assert environ["werkzeug.request"] is request._get_current_object()
    context.pop()
    assert (environ["werkzeug.request"] is None) == (FLASK < (3, 2))


def test_copied_request_context_brings_the_request_to_a_thread(app):
    """The decorated function sees the request, its session, and its arguments."""
    app.secret_key = "tea"
    seen = []

    @app.get("/<cup>")
    def index(cup):
        session["cup"] = cup

        @copy_current_request_context
        def work(number, *, sugar):
            seen.append((request.path, session["cup"], current_app.name, number, sugar))

        thread = threading.Thread(target=work, args=(1,), kwargs={"sugar": 2})
        thread.start()
        thread.join()
        return "Tea"

    app.test_client().get("/green")
    assert seen == [("/green", "green", app.name, 1, 2)]


def test_copied_request_context_returns_what_the_function_returns(app):
    """It wraps the function: value, name and docstring are its own."""
    with app.test_request_context("/tea"):

        @copy_current_request_context
        def work():
            """Do something."""
            return request.path

    assert work() == "/tea"
    assert (work.__name__, work.__doc__) == ("work", "Do something.")


def test_copied_request_context_has_the_same_request(app):
    """What hooks have put onto the request is there."""
    with app.test_request_context():
        request.user = "Ada"
        work = copy_current_request_context(lambda: request.user)
    assert work() == "Ada"


def test_copied_request_context_shares_the_session(app):
    """A change is seen by the request that made the copy."""
    app.secret_key = "tea"
    with app.test_request_context():
        copy_current_request_context(lambda: session.update(cup="green"))()
        assert session["cup"] == "green"


def test_copied_request_context_has_a_g_of_its_own_in_a_thread(app):
    """A new app context is pushed there."""
    seen = []
    with app.test_request_context():
        g.cup = "green"
        work = copy_current_request_context(lambda: seen.append(g.get("cup")))
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [None]


def test_copied_request_context_awaits_an_async_function(app):
    """It returns the result, not a coroutine."""

    async def work():
        return request.path

    with app.test_request_context("/tea"):
        copied = copy_current_request_context(work)
    assert copied() == "/tea"


def test_copying_the_request_context_outside_a_request_is_an_error():
    """The exact text, the same in all supported versions."""
    with pytest.raises(RuntimeError) as caught:
        copy_current_request_context(lambda: None)
    assert str(caught.value) == (
        "'copy_current_request_context' can only be used when a request context is "
        "active, such as in a view function."
    )


def test_copied_context_runs_the_teardown_functions_as_well(app, steps):
    """Every copy that ends takes down what it used."""
    app.teardown_request(lambda error: steps.append("request"))
    with app.test_request_context():
        copy_current_request_context(lambda: steps.append("work"))()
    assert steps == ["work", "request", "request"]


# g.


def test_g_behaves_like_a_namespace(app):
    """Attributes, get, pop, setdefault, in and iter."""
    with app.app_context():
        assert g.get("cup") is None
        assert g.get("cup", "none") == "none"
        assert g.setdefault("cup", "green") == "green"
        assert g.setdefault("cup", "black") == "green"
        assert g.setdefault("pot") is None
        assert g.get("cup") == "green"
        assert "cup" in g
        assert list(g) == ["cup", "pot"]
        assert g.pop("cup") == "green"
        g.cup = "black"
        assert g.pop("cup", None) == "black"
        assert g.pop("cup", None) is None
        assert "cup" not in g
        g.leaf = "mint"
        del g.leaf
        assert "leaf" not in g


def test_missing_name_on_g_is_an_error(app):
    """AttributeError for attributes, KeyError for pop."""
    with app.app_context():
        with pytest.raises(AttributeError, match=r"^cup$") as caught:
            g.cup  # noqa: B018 (reading it raises)
        assert caught.value.__suppress_context__
        with pytest.raises(AttributeError, match=r"^cup$") as caught:
            del g.cup
        assert caught.value.__suppress_context__
        with pytest.raises(KeyError, match="cup"):
            g.pop("cup")


def test_g_names_its_app(app):
    """In a debugger one sees whose it is."""
    with app.app_context():
        assert repr(g) == f"<flask.g of '{app.name}'>"
        kept = g._get_current_object()
    assert repr(kept).startswith("<flask.ctx._AppCtxGlobals object at")


def test_request_context_shows_its_request(app):
    """URL, method and app, in all versions."""
    with app.test_request_context("/tea?cup=2", method="POST") as context:
        shown = repr(context)
    assert "http://localhost/tea?cup=2" in shown
    assert "POST" in shown
    if FLASK < (3, 2):
        assert shown == (
            f"<RequestContext 'http://localhost/tea?cup=2' [POST] of {app.name}>"
        )


def test_app_may_have_another_class_of_g(app):
    """app_ctx_globals_class is created anew for each app context."""

    class Tray(app.app_ctx_globals_class):
        def serve(self):
            return f"Serving {self.cup}"

    app.app_ctx_globals_class = Tray
    with app.app_context():
        g.cup = "green"
        assert g.serve() == "Serving green"


# URLs.


def test_url_for_in_an_app_context_needs_a_server_name(app):
    """Without a request nobody knows the host."""
    app.add_url_rule("/tea", "tea", lambda: "")
    with app.app_context(), pytest.raises(RuntimeError, match="without 'SERVER_NAME'"):
        url_for("tea")


def test_settings_make_urls_in_an_app_context(app):
    """SERVER_NAME, APPLICATION_ROOT and PREFERRED_URL_SCHEME."""
    app.add_url_rule("/tea", "tea", lambda: "")
    app.config.update(
        SERVER_NAME="tea.example",
        APPLICATION_ROOT="/shop",
        PREFERRED_URL_SCHEME="https",
    )
    with app.app_context():
        assert url_for("tea") == "https://tea.example/shop/tea"
        assert url_for("tea", _external=False) == "/shop/tea"


def test_url_for_in_a_request_uses_its_host(app):
    """Relative unless asked."""
    app.add_url_rule("/tea", "tea", lambda: "")
    with app.test_request_context(base_url="https://pot.example/shop"):
        assert url_for("tea") == "/shop/tea"
        assert url_for("tea", _external=True) == "https://pot.example/shop/tea"


def test_request_context_matches_its_url(app):
    """endpoint and view_args are known before any function runs."""
    app.add_url_rule("/<cup>", "tea", lambda cup: "", methods=["GET", "PUT"])
    with app.test_request_context("/green", method="PUT"):
        assert (request.endpoint, request.view_args) == ("tea", {"cup": "green"})
        assert request.url_rule.rule == "/<cup>"
        assert request.routing_exception is None
    with app.test_request_context("/a/b"):
        assert (request.endpoint, request.view_args) == (None, None)
        assert request.routing_exception.code == 404


def test_request_parses_json_as_the_app_does(app):
    """request.json uses the app's JSON provider."""

    class Upper(type(app.json)):
        def loads(self, text, **options):
            return super().loads(text.upper(), **options)

    app.json = Upper(app)
    with app.test_request_context(json="tea"):
        assert request.json == "TEA"


def test_request_parses_json_as_its_own_app_does(app, other):
    """Whatever app is current meanwhile."""

    class Upper(type(app.json)):
        def loads(self, text, **options):
            return super().loads(text.upper(), **options)

    app.json = Upper(app)
    with app.test_request_context(json="tea") as context, other.app_context():
        assert context.request.json == "TEA"


def test_context_that_cannot_be_made_gives_no_page(app, steps):
    """Before the context is there, an exception is the server's."""

    class Broken(type(app)):
        def create_url_adapter(self, request):
            raise LookupError("no such host")

    app.__class__ = Broken
    app.register_error_handler(Exception, steps.append)
    app.teardown_request(steps.append)
    with pytest.raises(LookupError, match="no such host"):
        app.test_client().get("/")
    assert steps == []


def test_crash_of_a_url_converter_is_a_500_without_handlers(app, steps):
    """It happens before the request begins: only the handler of 500 is asked."""

    class Cup(BaseConverter):
        def to_python(self, value):
            raise LookupError(value)

    app.url_map.converters["cup"] = Cup
    app.add_url_rule("/<cup:cup>", view_func=lambda cup: cup)
    app.before_request(lambda: steps.append("before_request"))
    app.register_error_handler(LookupError, lambda error: "Handled")
    app.register_error_handler(500, lambda error: repr(error.original_exception))
    assert app.test_client().get("/green").text == "LookupError('green')"
    assert steps == []


def test_request_class_of_the_app_is_used(app):
    """Each request is an instance of it, made of the WSGI environment."""

    class Order(app.request_class):
        @property
        def cups(self):
            return self.args.get("cups", type=int)

    app.request_class = Order
    app.add_url_rule("/", view_func=lambda: [request.cups])
    assert app.test_client().get("/?cups=3").json == [3]


def test_server_name_does_not_limit_the_hosts_since_3_1(app):
    """Before, a request to another host than SERVER_NAME met no rule."""
    app.config["SERVER_NAME"] = "tea.example"
    app.add_url_rule("/", view_func=lambda: "Here")
    client = app.test_client()
    assert client.get("/", base_url="http://tea.example").status_code == 200
    response = client.get("/", base_url="http://shop.tea.example")
    assert response.status_code == (200 if FLASK >= (3, 1) else 404)


def test_subdomain_matching_tells_hosts_apart():
    """With subdomain_matching and SERVER_NAME a rule may belong to a subdomain."""
    app = Flask("shop", subdomain_matching=True)
    app.config["SERVER_NAME"] = "tea.example"
    app.add_url_rule("/", "main", lambda: "main")
    app.add_url_rule("/", "shop", lambda: "shop", subdomain="shop")
    client = app.test_client()
    assert client.get("/", base_url="http://tea.example").text == "main"
    assert client.get("/", base_url="http://shop.tea.example").text == "shop"


def test_host_matching_tells_hosts_apart():
    """A rule belongs to a host there; since 3.1 whatever SERVER_NAME is."""
    app = Flask("shop", host_matching=True, static_host="static.example")
    if FLASK >= (3, 1):
        app.config["SERVER_NAME"] = "tea.example"
    app.add_url_rule("/", "tea", lambda: "tea", host="pot.example")
    client = app.test_client()
    assert client.get("/", base_url="http://pot.example").text == "tea"
    assert client.get("/", base_url="http://tea.example").status_code == 404


def test_default_subdomain_holds_for_rules_without_one(app):
    """url_map.default_subdomain is where a request without matching goes."""
    app.url_map.default_subdomain = "www"
    app.add_url_rule("/", view_func=lambda: "www")
    assert app.test_client().get("/").text == "www"


def test_untrusted_host_is_a_400_since_flask_3_1(app):
    """TRUSTED_HOSTS: the hooks run, the view does not."""
    app.config["TRUSTED_HOSTS"] = ["tea.example"]
    app.add_url_rule("/", view_func=lambda: "Tea")
    app.after_request(lambda r: r.headers.add("X-Hook", "ran") or r)
    client = app.test_client()
    response = client.get("/", base_url="http://pot.example")
    assert response.status_code == (400 if FLASK >= (3, 1) else 200)
    assert response.headers["X-Hook"] == "ran"
    assert client.get("/", base_url="http://tea.example").text == "Tea"


def test_trusted_hosts_of_a_request_class_are_checked_first_since_3_1(app):
    """Before, only a view that asked for the host met the error."""

    class Order(app.request_class):
        trusted_hosts = ["tea.example"]

    app.request_class = Order
    app.add_url_rule("/", "tea", lambda: "Tea")
    app.add_url_rule("/host", "host", lambda: request.host)
    client = app.test_client()
    answer = client.get("/", base_url="http://pot.example")
    assert answer.status_code == (400 if FLASK >= (3, 1) else 200)
    assert client.get("/host", base_url="http://pot.example").status_code == 400
    assert client.get("/host", base_url="http://tea.example").text == "tea.example"


def test_teardown_request_does_not_run_for_an_app_context_alone(app, steps):
    """There was no request: only the functions of teardown_appcontext run."""
    app.teardown_request(lambda error: steps.append("request"))
    app.teardown_appcontext(lambda error: steps.append("app context"))
    with app.app_context():
        pass
    assert steps == ["app context"]
