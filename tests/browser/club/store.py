"""One connection a request, kept on g and closed at its end."""

import sqlite3

import click
from flask import current_app, g


def get_db():
    """Return this request's connection."""
    if "db" not in g:
        g.db = sqlite3.connect(
            current_app.config["DATABASE"], detect_types=sqlite3.PARSE_DECLTYPES
        )
        g.db.row_factory = sqlite3.Row
    return g.db


def close_db(error=None):
    """Close it, if there is one."""
    db = g.pop("db", None)
    if db is not None:
        db.close()


def init_db():
    """Begin with empty tables."""
    with current_app.open_resource("tables.sql") as stream:
        get_db().executescript(stream.read().decode())


@click.command("init-db")
def init_db_command():
    """Empty the tables from the command line."""
    init_db()
    click.echo("The tables are empty.")


def init_app(app):
    """Register with the application."""
    app.teardown_appcontext(close_db)
    app.cli.add_command(init_db_command)
    with app.app_context():
        init_db()
