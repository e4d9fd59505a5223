"""A club's notice board in the shape of Flask's own tutorial: two blueprints.

One signs members in, with a hook that finds out who asks; the other lets them write.
Nobody wrote it for the recorder.
"""

import os

import auth
import board
import store
from flask import Flask


def create_app(config=None):
    """Make the app; its database lies in the instance folder."""
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_mapping(
        SECRET_KEY="dev",
        DATABASE=os.path.join(app.instance_path, "club.sqlite"),  # noqa: PTH118 (as tutorials write it)
    )
    app.config.from_mapping(config or {})
    os.makedirs(app.instance_path, exist_ok=True)  # noqa: PTH103 (the same)

    store.init_app(app)
    app.register_blueprint(auth.bp)
    app.register_blueprint(board.bp)
    app.add_url_rule("/", endpoint="index")
    return app
