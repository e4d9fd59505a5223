"""What the pages on the life of a request say, where no other test proves it."""

from flask import has_app_context, has_request_context, url_for

from snippets.lifecycle import every_callback


def test_generator_of_an_abandoned_stream_runs_its_finally(app, steps):
    """Closing the response closes the generator."""

    @app.get("/")
    def view():
        def lines():
            try:
                yield "a"
                yield "b"
            finally:
                steps.append("finally")

        return lines()

    response = app.test_client().get("/", buffered=False)
    assert next(response.response) == b"a"
    assert steps == []
    response.close()
    assert steps == ["finally"]


def test_command_has_an_app_context_and_no_request(app, steps):
    """So before_request functions don't run, and teardown_appcontext functions do."""
    app.before_request(lambda: steps.append("before"))
    app.teardown_appcontext(lambda exception: steps.append("teardown"))

    @app.cli.command("look")
    def look():
        steps.append((has_app_context(), has_request_context()))

    result = app.test_cli_runner().invoke(args=["look"])
    assert result.exit_code == 0
    assert steps == [(True, False), "teardown"]


def test_one_request_can_meet_every_callback():
    """Each of them leaves something in the response."""
    response = every_callback.app.test_client().get("/de/orders/7")
    assert response.text == "Order 7 of anna, see /de/"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Set-Cookie"].startswith("last=7; Secure")


def test_example_with_every_callback_adds_its_language_only_where_a_rule_has_it():
    """A static file gets no query string, and url_for works without a request."""
    app = every_callback.app
    with app.test_request_context():
        assert url_for("static", filename="shop.css") == "/static/shop.css"
        assert url_for("index") == "/en/"
