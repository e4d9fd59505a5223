"""Log in and out."""

import functools

from flask import Blueprint, g, redirect, request, session, url_for

from .database import get_db

bp = Blueprint("accounts", __name__, url_prefix="/accounts")


@bp.before_app_request
def load_logged_in_user():
    name = session.get("name")
    g.user = (
        name
        and get_db()
        .execute("select name from account where name = ?", (name,))
        .fetchone()
    )


def login_required(view):
    @functools.wraps(view)
    def wrapped_view(**arguments):
        if g.user is None:
            return redirect(url_for("accounts.login"))
        return view(**arguments)

    return wrapped_view


@bp.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "GET":
        return "who are you?"
    name = request.form["name"]
    get_db().execute("insert into account values (?)", (name,))
    session.clear()
    session["name"] = name
    return redirect(url_for("index"))
