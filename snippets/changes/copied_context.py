"""Read g in a function that runs in a copy of the request context.

Up to Flask 3.1 the copy uses the app context that it finds, so a call
in the same thread shares g. Since 3.2 the copy has its own g.

.. testcode::

   print(app.test_client().get("/").text)

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   from g: anna, passed: anna

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   from g: nobody, passed: anna
"""

from importlib.metadata import version

from flask import Flask, copy_current_request_context, g

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


@app.get("/")
def page():
    g.user = "anna"

    @copy_current_request_context
    def work(user):
        return f"from g: {g.get('user', 'nobody')}, passed: {user}"

    return work(g.user)
