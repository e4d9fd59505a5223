"""False claims about Flask-SQLAlchemy's session, and what it does."""

import pytest
from flask import render_template_string

from tests.behaviour.extensions.waiting import in_a_thread

pytestmark = pytest.mark.extensions


@pytest.fixture
def blog(app):
    """An app whose users have posts, which are loaded lazily."""
    from flask_sqlalchemy import SQLAlchemy

    app.testing = True
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        posts = db.relationship("Post")

    class Post(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        title = db.Column(db.String)
        user_id = db.Column(db.ForeignKey("user.id"))

    with app.app_context():
        db.create_all()
        db.session.add(User(posts=[Post(title="On tea")]))
        db.session.commit()
    app.user = lambda: db.session.get(User, 1)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("commit", [False, True])
def test_lazy_attribute_is_loaded_until_the_teardown_functions(blog, steps, commit):
    """In the view, a template, a hook after it, a teardown_request function."""
    kept = []

    @blog.get("/view")
    def view():
        return blog.user().posts[0].title

    @blog.get("/template")
    def template():
        return render_template_string("{{ user.posts[0].title }}", user=blog.user())

    @blog.get("/hooks")
    def hooks():
        kept.append(blog.user())
        if commit:
            blog.extensions["sqlalchemy"].session.commit()
        return "hooks"

    @blog.after_request
    def note(response):
        steps.extend(user.posts[0].title for user in kept)
        return response

    @blog.teardown_request
    def note_late(error):
        db = blog.extensions["sqlalchemy"]
        db.session.expire_all()
        steps.extend(user.posts[0].title for user in kept)

    client = blog.test_client()
    assert client.get("/view").text == client.get("/template").text == "On tea"
    assert client.get("/hooks").text == "hooks"
    assert steps == ["On tea", "On tea"]


@pytest.mark.parametrize("closes", [True, False])
def test_close_all_sessions_loses_the_changes_of_other_requests(
    app, make_store, tmp_path, closes
):
    """Their commit saves nothing and raises nothing."""
    from sqlalchemy.orm import close_all_sessions

    app.testing = True
    store = make_store(f"sqlite:///{tmp_path}/shop.db")
    if closes:
        app.teardown_appcontext(lambda error: close_all_sessions())
    app.add_url_rule("/fast", "fast", lambda: "fast")

    @app.get("/slow")
    def slow():
        store.db.session.add(store.Order(name="mint"))
        store.db.session.flush()
        assert in_a_thread(app.test_client().get, "/fast").text == "fast"
        store.db.session.commit()
        return "saved"

    @app.get("/count")
    def count():
        return str(store.db.session.query(store.Order).count())

    client = app.test_client()
    assert client.get("/slow").text == "saved"
    assert client.get("/count").text == ("1" if closes else "2")
