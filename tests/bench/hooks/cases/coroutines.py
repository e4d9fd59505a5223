"""Async hooks, views and deferred callbacks."""

from flask import Flask, after_this_request

from tests.bench.hooks.cases.case import SMALL, app_with, case

for count in 1, 10:

    @case(
        f"{count} empty async hook{'s' * (count > 1)}",
        f"async_hooks_{count}",
    )
    def async_hooks(count=count):
        app = app_with()
        for _ in range(count):

            @app.after_request
            async def hook(response):
                return response

        return app


@case("an async view")
def async_view():
    app = Flask(__name__)

    @app.get("/")
    async def index():
        return SMALL

    return app


@case("one empty async deferred callback")
def deferred_async():
    app = Flask(__name__)

    @app.get("/")
    def index():
        @after_this_request
        async def callback(response):
            return response

        return SMALL

    return app
