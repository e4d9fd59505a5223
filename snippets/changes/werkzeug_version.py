"""Tell which Werkzeug a shop runs on, without its attribute.

Werkzeug 3.1 has removed werkzeug.__version__, which the test client and
the command line of Flask 2.2 read.

.. no request: it is about a name of a package

.. testcode::

   import werkzeug

   try:
       print("the same:", werkzeug.__version__ == version("werkzeug"))
   except AttributeError as error:
       print(f"AttributeError: {error}")

   log = app.test_cli_runner().invoke(args=["about"])
   print(log.output.strip() == f"Werkzeug {version('werkzeug')}")

Before Werkzeug 3.0:

.. testoutput::
   :skipif: WERKZEUG >= (3, 0)

   the same: True
   True

Since Werkzeug 3.1:

.. testoutput::
   :skipif: WERKZEUG < (3, 1)

   AttributeError: module 'werkzeug' has no attribute '__version__'
   True
"""

from importlib.metadata import version

from flask import Flask

WERKZEUG = tuple(map(int, version("werkzeug").split(".")[:2]))

app = Flask(__name__)


@app.cli.command("about")
def show_versions():
    print(f"Werkzeug {version('werkzeug')}")
