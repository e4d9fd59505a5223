"""Joining, signing in and out; who asks is on g before each view."""

import functools

from flask import (
    Blueprint,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from store import get_db
from werkzeug.security import check_password_hash, generate_password_hash

bp = Blueprint("auth", __name__, url_prefix="/auth")


@bp.before_app_request
def load_member():
    """Put the member who is signed in on g."""
    number = session.get("member")
    if number is None:
        g.member = None
    else:
        query = "SELECT * FROM member WHERE id = ?"
        g.member = get_db().execute(query, (number,)).fetchone()


def members_only(view):
    """Send everybody else to sign in."""

    @functools.wraps(view)
    def guarded(**arguments):
        if g.member is None:
            return redirect(url_for("auth.sign_in"))
        return view(**arguments)

    return guarded


@bp.route("/join", methods=("GET", "POST"))
def join():
    """Take in a new member."""
    if request.method == "POST":
        name, password = request.form["name"], request.form["password"]
        db = get_db()
        try:
            db.execute(
                "INSERT INTO member (name, password) VALUES (?, ?)",
                (name, generate_password_hash(password)),
            )
            db.commit()
        except db.IntegrityError:
            flash(f"{name} is a member already.")
        else:
            return redirect(url_for("auth.sign_in"))
    return render_template("form.html", title="Join")


@bp.route("/sign-in", methods=("GET", "POST"))
def sign_in():
    """Remember in the session who it is."""
    if request.method == "POST":
        query = "SELECT * FROM member WHERE name = ?"
        member = get_db().execute(query, (request.form["name"],)).fetchone()
        if member is None:
            flash("There is no such member.")
        elif not check_password_hash(member["password"], request.form["password"]):
            flash("That is not the password.")
        else:
            session.clear()
            session["member"] = member["id"]
            return redirect(url_for("index"))
    return render_template("form.html", title="Sign in")


@bp.route("/sign-out")
def sign_out():
    """Forget it."""
    session.clear()
    return redirect(url_for("index"))
