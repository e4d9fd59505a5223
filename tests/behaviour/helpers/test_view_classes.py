"""What as_view makes of a class, and what MethodView calls."""

import pytest
from flask.views import MethodView, View


class Shelf(MethodView):
    """Teas."""

    def get(self, name="all"):
        return f"get {name}"

    def post(self):
        return "post"


class Head(MethodView):
    def get(self):
        return "get"

    def head(self):
        return "", 204, {"X-Head": "own"}


def test_method_view_calls_the_method_of_the_request(app):
    """With the arguments of the URL; other methods are a 405."""
    view = Shelf.as_view("shelf")
    app.add_url_rule("/", view_func=view)
    app.add_url_rule("/<name>", view_func=view)
    client = app.test_client()
    assert client.get("/").text == "get all"
    assert client.get("/green").text == "get green"
    assert client.post("/").text == "post"
    refused = client.put("/")
    assert refused.status_code == 405
    assert {"GET", "HEAD", "OPTIONS", "POST"} == set(refused.allow)


def test_method_view_calls_get_for_head(app):
    """Unless it has a method of that name."""
    app.add_url_rule("/shelf", view_func=Shelf.as_view("shelf"))
    app.add_url_rule("/head", view_func=Head.as_view("head"))
    client = app.test_client()
    assert client.head("/shelf").status_code == 200
    response = client.head("/head")
    assert (response.status_code, response.headers["X-Head"]) == (204, "own")


def test_method_view_without_the_method_says_so(app):
    """A rule that allows more than the class defines is a mistake."""

    class Open(MethodView):
        methods = ("HEAD", "PUT")

    app.testing = True
    app.add_url_rule("/", view_func=Open.as_view("open"))
    for method in ("HEAD", "PUT"):
        with pytest.raises(AssertionError, match=f"Unimplemented method '{method}'"):
            app.test_client().open("/", method=method)


def test_methods_of_a_method_view_are_those_of_its_bases_too():
    """Unless it names them itself."""

    class Sweet(Shelf):
        def delete(self):
            return ""

    class Named(Shelf):
        methods = ("GET",)

    class Both(Sweet, Head):
        pass

    class Purging(MethodView):
        methods = ("PURGE",)

    class Mixin:
        def __init_subclass__(cls, label="", **more):
            super().__init_subclass__(**more)
            cls.label = label

    class Purged(Shelf, Purging, Mixin, label="purged"):
        pass

    class Nothing(MethodView):
        pass

    assert set(Shelf.methods) == {"GET", "POST"}
    assert set(Sweet.methods) == {"DELETE", "GET", "POST"}
    assert set(Named.methods) == {"GET"}
    assert set(Both.methods) == {"DELETE", "GET", "HEAD", "POST"}
    assert set(Purged.methods) == {"GET", "POST", "PURGE"}
    assert Purged.label == "purged"
    assert Nothing.methods is None


def test_view_of_a_class_has_its_name_and_docstring():
    """Also with decorators, which get a function of that name."""
    names = []

    class Decorated(Shelf):
        """Decorated teas."""

        decorators = (lambda f: names.append((f.__name__, f.__module__)) or f,)

    plain, decorated = Shelf.as_view("shelf"), Decorated.as_view("decorated")
    assert (plain.__name__, plain.__doc__) == ("shelf", "Teas.")
    assert (plain.__module__, plain.view_class) == (__name__, Shelf)
    assert names == [("decorated", __name__)]
    assert (decorated.__name__, decorated.__doc__) == ("decorated", "Decorated teas.")
    assert decorated.view_class is Decorated
    assert set(plain.methods) == {"GET", "POST"}


def test_view_class_may_answer_options_itself(app):
    """With provide_automatic_options."""

    class Own(View):
        methods = ("GET", "OPTIONS")
        provide_automatic_options = False

        def dispatch_request(self):
            return "own"

    view = Own.as_view("own")
    assert view.provide_automatic_options is False
    app.add_url_rule("/", view_func=view)
    assert app.test_client().options("/").text == "own"


def test_decorated_view_keeps_its_attributes(app):
    """Those of the function that the last decorator returns."""

    def loud(view):
        def shouted(**arguments):
            return view(**arguments).upper()

        return shouted

    class Loud(Shelf):
        decorators = (loud,)

    view = Loud.as_view("loud")
    app.add_url_rule("/<name>", view_func=view)
    assert (view.__name__, view.__module__, view.view_class) == (
        "loud",
        __name__,
        Loud,
    )
    assert app.test_client().get("/green").text == "GET GREEN"


@pytest.mark.parametrize("every", [True, False])
def test_class_of_a_view_can_be_replaced_for_a_test(app, every):
    """view_class is asked for each request that makes an instance."""

    class Teas(View):
        init_every_request = every

        def __init__(self, kind, number):
            self.kind, self.number = kind, number

        def dispatch_request(self, **arguments):
            return f"{type(self).__name__} {self.kind} {self.number} {arguments}"

    class Stand(Teas):
        pass

    view = Teas.as_view("teas", "green", number=2)
    app.add_url_rule("/<cup>", view_func=view)
    view.view_class = Stand
    name = "Stand" if every else "Teas"
    text = app.test_client().get("/mug").text
    assert text == f"{name} green 2 {{&#39;cup&#39;: &#39;mug&#39;}}".replace(
        "&#39;", "'"
    )


@pytest.mark.parametrize("every", [True, False])
def test_async_dispatch_request_is_awaited(app, every):
    """Whether there is one instance or one for each request."""

    class Teas(View):
        init_every_request = every

        async def dispatch_request(self):
            return "awaited"

    app.add_url_rule("/", view_func=Teas.as_view("teas"))
    assert app.test_client().get("/").text == "awaited"


def test_view_without_dispatch_request_is_not_implemented(app):
    """The base class has nothing to call."""
    app.testing = True
    app.add_url_rule("/", view_func=View.as_view("nothing"))
    with pytest.raises(NotImplementedError):
        app.test_client().get("/")
