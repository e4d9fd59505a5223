"""Tell the caller, who knows whether there is a request.

.. testcode::

   response = app.test_client().get("/depths/channel")
   print(response.text, "|", response.headers["X-Depth"])
   runner = app.test_cli_runner()
   print(runner.invoke(args=["depth", "channel"]).output.strip())

.. testoutput::

   4.5 | estimated
   estimated
   4.5
"""

import click
from flask import Flask, after_this_request

MEASURED = {"harbour": 6.2}
ESTIMATED = {"channel": 4.5}

app = Flask(__name__)


def find_depth(place, on_estimate):
    if place in MEASURED:
        return MEASURED[place]
    on_estimate()
    return ESTIMATED[place]


@app.get("/depths/<any(harbour, channel):place>")
def show_depth(place):
    def on_estimate():
        after_this_request(mark_estimate)

    return str(find_depth(place, on_estimate))


def mark_estimate(response):
    response.headers["X-Depth"] = "estimated"
    return response


@app.cli.command("depth")
@click.argument("place", type=click.Choice(["harbour", "channel"]))
def print_depth(place):
    click.echo(find_depth(place, lambda: click.echo("estimated")))
