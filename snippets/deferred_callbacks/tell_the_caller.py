"""Tell the caller, which knows whether there is a request.

.. testcode::

   response = app.test_client().get("/stock/desk")
   print(response.text, "|", response.headers["X-Stock"])
   runner = app.test_cli_runner()
   print(runner.invoke(args=["stock", "desk"]).output.strip())

.. testoutput::

   3 | estimated
   estimated
   3
"""

import click
from flask import Flask, after_this_request

COUNTED = {"lamp": 12}
ESTIMATED = {"desk": 3}

app = Flask(__name__)


def find_stock(product, on_estimate):
    if product in COUNTED:
        return COUNTED[product]
    on_estimate()
    return ESTIMATED[product]


@app.get("/stock/<any(lamp, desk):product>")
def show_stock(product):
    def on_estimate():
        after_this_request(mark_estimate)

    return str(find_stock(product, on_estimate))


def mark_estimate(response):
    response.headers["X-Stock"] = "estimated"
    return response


@app.cli.command("stock")
@click.argument("product", type=click.Choice(["lamp", "desk"]))
def print_stock(product):
    click.echo(find_stock(product, lambda: click.echo("estimated")))
