"""Run a command, which has an app context and no request.

.. testcode::

   result = app.test_cli_runner().invoke(args=["clean-up"])
   print(result.output)
   print(app.test_client().get("/").text)

.. testoutput::

   in a request: False
   teardown_appcontext
   <BLANKLINE>
   before_request
   teardown_appcontext
   Hello
"""

import click
from flask import Flask, has_request_context

app = Flask(__name__)


@app.before_request
def load_user():
    click.echo("before_request")


@app.teardown_appcontext
def close_database(exception):
    click.echo("teardown_appcontext")


@app.cli.command("clean-up")
def clean_up():
    click.echo(f"in a request: {has_request_context()}")


@app.get("/")
def index():
    return "Hello"
