"""Flask-SQLAlchemy: the queries of one request, counted in hooks."""

import pytest

pytestmark = pytest.mark.extensions


@pytest.fixture
def record(app, make_store, steps):
    """Return a function that sets up an app whose hooks note how many queries ran."""

    def record(**settings):
        from flask_sqlalchemy.record_queries import get_recorded_queries
        from sqlalchemy import text

        app.config.update(settings)
        store = make_store()

        def note(name):
            steps.append((name, len(get_recorded_queries())))

        @app.after_request
        def note_after(response):
            note("after")
            return response

        app.teardown_request(lambda error: note("teardown_request"))
        app.teardown_appcontext(lambda error: note("teardown_appcontext"))

        @app.get("/")
        def index():
            for product in ("tea", "cake"):
                store.db.session.execute(text("SELECT :name"), {"name": product})
            return "shop"

        @app.get("/stream")
        def stream():
            from flask import stream_with_context

            @stream_with_context
            def orders():
                store.db.session.execute(text("SELECT 'tea'"))
                yield "tea"

            return orders()

        steps.clear()
        return app.test_client()

    return record


ON = {"SQLALCHEMY_RECORD_QUERIES": True}


@pytest.mark.parametrize(
    ("settings", "count"),
    [({}, 0), ({"DEBUG": True}, 0), ({"TESTING": True}, 0), (ON, 2)],
)
def test_queries_are_recorded_only_if_the_setting_is_on(record, steps, settings, count):
    """Debug mode and TESTING record none; each request begins at 0."""
    client = record(**settings)
    seen = [
        ("after", count), ("teardown_request", count), ("teardown_appcontext", count)
    ]  # fmt: skip
    for _ in range(2):
        assert client.get("/").text == "shop"
        assert steps == seen
        steps.clear()


def test_recorded_query_has_its_statement_its_time_and_its_place(app, record):
    """Its parameters, too: values of users, which may not belong in a log."""
    from flask_sqlalchemy.record_queries import get_recorded_queries

    found = []

    @app.after_request
    def note(response):
        found.extend(get_recorded_queries())
        return response

    assert record(**ON).get("/").text == "shop"
    assert [query.statement for query in found] == ["SELECT ?"] * 2
    assert "tea" in str(found[0].parameters)
    assert "cake" in str(found[1].parameters)
    assert min(query.duration for query in found) >= 0
    assert {type(query.location) for query in found} == {str}


def test_queries_of_a_streamed_body_are_recorded_after_after_request(record, steps):
    """An after_request function sees none of them."""
    assert record(**ON).get("/stream").text == "tea"
    assert steps[0] == ("after", 0)
    assert steps[-1] == ("teardown_appcontext", 1)
