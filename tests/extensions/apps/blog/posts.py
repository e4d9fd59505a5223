"""Read and write posts."""

from flask import Blueprint, abort, g, request

from .accounts import login_required
from .database import get_db

bp = Blueprint("posts", __name__)


@bp.get("/")
def index():
    posts = get_db().execute("select author, body from post").fetchall()
    return "\n".join(f"{author}: {body}" for author, body in posts)


@bp.post("/create")
@login_required
def create():
    if not request.form.get("body"):
        abort(400)
    get_db().execute(
        "insert into post values (?, ?)", (g.user[0], request.form["body"])
    )
    return "posted", 201
