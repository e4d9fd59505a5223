"""Annotate the hooks.

.. testcode::

   response = app.test_client().get("/")
   print(response.status, response.headers["X-Shop"])

.. testoutput::

   200 OK corner
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

app = Flask(__name__)


@app.before_request
def check_hours() -> ResponseReturnValue | None:
    if request.path == "/closed":
        return "Closed", 503
    return None


@app.after_request
def add_shop(response: Response) -> Response:
    response.headers["X-Shop"] = "corner"
    return response


@app.teardown_request
def close_database(error: BaseException | None) -> None:
    pass  # in your app: close what the request opened


@app.errorhandler(404)
def show_missing(error: Exception) -> ResponseReturnValue:
    return "no such page", 404


@app.context_processor
def add_names() -> dict[str, Any]:
    return {"shop": "corner"}


@app.get("/")
def index() -> ResponseReturnValue:
    return "Tea"
