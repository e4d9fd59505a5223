"""Pop a context that is not the last one pushed.

.. no request: contexts are popped by hand.

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
       with app.app_context():
           print("both are popped in order")

.. testoutput::

   Popped wrong app context.
   both are popped in order
"""

from flask import Flask

app = Flask(__name__)
