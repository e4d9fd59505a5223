"""The notices: everybody reads, members write."""

from auth import members_only
from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from store import get_db

bp = Blueprint("board", __name__)


@bp.route("/")
def index():
    """Show all notices, the newest first."""
    notices = get_db().execute(
        "SELECT title, name FROM notice JOIN member ON author = member.id"
        " ORDER BY notice.id DESC"
    )
    return render_template("index.html", notices=notices.fetchall())


@bp.route("/write", methods=("GET", "POST"))
@members_only
def write():
    """Pin up a notice."""
    if request.method == "POST":
        title = request.form["title"]
        if not title:
            flash("A notice needs a title.")
        else:
            db = get_db()
            db.execute(
                "INSERT INTO notice (title, author) VALUES (?, ?)",
                (title, g.member["id"]),
            )
            db.commit()
            return redirect(url_for("board.index"))
    return render_template("form.html", title="Write")
