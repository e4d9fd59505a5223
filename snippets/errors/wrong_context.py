"""Pop a context that is not the last one pushed.

.. testcode::

   for make in app.app_context, app.test_request_context:
       first, second = make(), make()
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
   Popped wrong request context.
   each context was popped in its turn
"""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "each context was popped in its turn"
