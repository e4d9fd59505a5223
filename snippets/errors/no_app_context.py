"""Read the configuration before there is an app context.

.. no request: the error comes where there is none.

.. testcode::

   try:
       read_shop_name()
   except RuntimeError as error:
       print(str(error).splitlines()[0])

   with app.app_context():
       print(read_shop_name())

.. testoutput::

   Working outside of application context.
   Corner shop
"""

from flask import Flask, current_app

app = Flask(__name__)
app.config["SHOP_NAME"] = "Corner shop"


def read_shop_name():
    return current_app.config["SHOP_NAME"]
