"""Pop a context that is not the last one pushed.

.. testcode::

   first = app.app_context()
   second = app.app_context()
   first.push()
   second.push()
   try:
       first.pop()
   except AssertionError as error:
       print(str(error).partition(" (")[0])

   with app.app_context():
       print(app.test_client().get("/").text)

.. testoutput::

   Popped wrong app context.
   each context was popped in its turn
"""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "each context was popped in its turn"
