"""Count teardown functions while a test keeps the context.

Up to Flask 3.1.1 the test client restores the kept contexts in the
wrong order, and a third app context appears in between. Since 3.1.2
each teardown function runs twice: after the request, and after the
block.

.. testcode::

   from flask import request

   with app.test_client() as client:
       client.get("/")
       print("still in the block,", request.path)

Before Flask 3.1.2:

.. testoutput::
   :skipif: RELEASE >= (3, 1, 2)

   teardown_request
   teardown_appcontext
   still in the block, /
   teardown_appcontext
   teardown_request
   teardown_appcontext

Since Flask 3.1.2:

.. testoutput::
   :skipif: RELEASE < (3, 1, 2)

   teardown_request
   teardown_appcontext
   still in the block, /
   teardown_request
   teardown_appcontext
"""

import re
from importlib.metadata import version

from flask import Flask

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))

app = Flask(__name__)


@app.teardown_request
def end_request(exception):
    print("teardown_request")


@app.teardown_appcontext
def end_context(exception):
    print("teardown_appcontext")


@app.get("/")
def page():
    return "ok"
