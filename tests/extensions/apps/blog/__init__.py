"""A blog of the structure that Flask's tutorial has: factory, blueprints, SQLite."""

from flask import Flask

from . import accounts, database, posts


def create_app():
    app = Flask(__name__)
    app.secret_key = "only for tests"
    database.init_app(app)
    app.register_blueprint(accounts.bp)
    app.register_blueprint(posts.bp)
    app.add_url_rule("/", endpoint="index")
    return app
