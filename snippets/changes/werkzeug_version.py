"""Tell which Werkzeug a shop runs on, without its attribute.

Werkzeug 3.1 has removed werkzeug.__version__, which the test client of
Flask 2.2 reads.

.. testcode::

   import werkzeug

   try:
       print("the same:", werkzeug.__version__ == version("werkzeug"))
   except AttributeError as error:
       print(f"AttributeError: {error}")

   response = app.test_client().get("/about")
   print(response.text == f"Werkzeug {version('werkzeug')}")

Before Flask 3.0, with Werkzeug 2:

.. testoutput::
   :skipif: FLASK >= (3, 0)

   the same: True
   True

Since Flask 3.0, with Werkzeug 3.1:

.. testoutput::
   :skipif: FLASK < (3, 0)

   AttributeError: module 'werkzeug' has no attribute '__version__'
   True
"""

from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


@app.get("/about")
def show_versions():
    return f"Werkzeug {version('werkzeug')}"
