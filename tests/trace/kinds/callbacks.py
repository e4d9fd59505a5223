"""Functions of every sort, and what they do while Flask calls them."""

import asyncio
import functools
import threading
from unittest.mock import MagicMock, create_autospec

import blinker
from flask import (
    Flask,
    after_this_request,
    copy_current_request_context,
    current_app,
    render_template_string,
    request_started,
    template_rendered,
)
from flask.views import MethodView, View
from werkzeug.local import LocalProxy

from . import ask, program, trouble


@program
def layers_of_functools(called, seen):
    app = Flask("shop")

    class Steps:
        def by_name(self, name):
            called("before_request by_name")

        preset = functools.partialmethod(by_name, "x")

        @functools.cached_property
        def made(self):
            return lambda: called("before_request <lambda>")

        @functools.singledispatchmethod
        def __call__(self):
            called("before_request Steps")

    app.before_request(Steps().preset)
    app.before_request(Steps().made)
    app.before_request(functools.partial(functools.partial(Steps().by_name), "x"))
    app.before_request(functools.lru_cache(None)(Steps().made))
    ask(app, seen)


@program
def proxies_and_mocks(called, seen):
    app = Flask("shop")

    def look():
        called("before_request LocalProxy")

    def real():
        called("before_request real")

    mock = MagicMock(
        return_value=None, side_effect=lambda: called("before_request MagicMock")
    )
    app.before_request_funcs[None] = [LocalProxy(lambda: look), mock]
    app.before_request(create_autospec(real, return_value=None, side_effect=real))
    ask(app, seen)
    seen((mock.mock_calls, mock.call_count))


@program
def view_classes(called, seen):
    def decorated(view):
        @functools.wraps(view)
        def inner(*arguments, **values):
            seen("decorated")
            return view(*arguments, **values)

        return inner

    class Item(MethodView):
        decorators = (decorated,)
        init_every_request = False

        def __init__(self, size=1):
            seen(("made", size))

        def get(self):
            called("view get")
            return "got"

    class Whole(View):
        def __init__(self, text, *, mark):
            self.text = text + mark

        def dispatch_request(self, **values):
            called("view dispatch_request")
            return self.text

    class Own(Item):
        def dispatch_request(self, **values):
            called("view dispatch_request")
            return "own"

    app = Flask("shop")
    app.add_url_rule("/item", view_func=Item.as_view("item", size=2))
    app.add_url_rule("/whole", view_func=Whole.as_view("whole", "a", mark="!"))
    app.add_url_rule("/own", view_func=Own.as_view("own"))
    ask(app, seen, "/item", "/whole", "/own", "/item")
    seen(app.test_client().head("/item").status)


@program
def awaited_by_hand(called, seen):
    app = Flask("shop")

    async def inside():
        seen("inside")
        return "inside"

    @app.get("/")
    def page():
        called("view page")
        return current_app.ensure_sync(inside)()

    @app.get("/gathered")
    async def gathered():
        called("view gathered")
        return "".join(await asyncio.gather(inside(), inside()))

    ask(app, seen, "/", "/gathered")


@program
def signals_of_every_sort(called, seen):
    app, ordered, nameless = Flask("shop"), blinker.Signal(), blinker.Signal()

    class Shop:
        def receive(self, sender, **values):
            called("signal receive")

    shop = Shop()
    request_started.connect(shop.receive, app)

    def lost(sender, **values):
        called("never")

    request_started.connect(lost, app)
    del lost
    request_started.connect(
        lambda sender, **values: called("signal <lambda>"), app, weak=False
    )

    @ordered.connect_via("till")
    def of_till(sender):
        called("signal of_till")
        return 1

    @nameless.connect
    def fails(sender, **values):
        called("signal fails")
        raise KeyError("no")

    @app.get("/")
    def page():
        called("view page")
        seen([(one.__name__, told) for one, told in ordered.send("till")])
        seen(ordered.send("shelf"))
        seen([one is of_till for one in ordered.receivers_for("till")])
        try:
            nameless.send(app, a=1)
        except KeyError:
            seen(trouble())
        return render_template_string("page")

    def rendered(sender, template, context):
        called("signal rendered")

    with template_rendered.connected_to(rendered, app):
        ask(app, seen)
    ask(app, seen)


@program
def deferred_everywhere(called, seen):
    app = Flask("shop")

    def defer(name):
        def callback(response):
            called(f"after_this_request {name}")
            if name == "first":
                defer("second")
            return response

        callback.__name__ = name
        after_this_request(callback)

    @app.get("/inner")
    def inner():
        called("view inner")
        defer("of_inner")
        return "inner"

    @app.get("/")
    def outer():
        called("view outer")
        defer("first")
        seen(app.test_client().get("/inner").text)
        thread = threading.Thread(
            target=copy_current_request_context(lambda: defer("never"))
        )
        thread.start()
        thread.join()
        return "outer"

    ask(app, seen)
