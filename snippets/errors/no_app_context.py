"""Read the configuration before there is an app context.

.. testcode::

   try:
       read_shop_name()
   except RuntimeError as error:
       print(str(error).splitlines()[0])

   with app.app_context():
       print(read_shop_name())
   print(app.test_client().get("/").text)

.. testoutput::

   Working outside of application context.
   Corner shop
   Welcome to Corner shop
"""

from flask import Flask, current_app

app = Flask(__name__)
app.config["SHOP_NAME"] = "Corner shop"


def read_shop_name():
    return current_app.config["SHOP_NAME"]


@app.get("/")
def index():
    return f"Welcome to {read_shop_name()}"
