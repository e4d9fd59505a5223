"""Let a crash leave the app, as in tests: the hook is not called.

.. testcode::

   try:
       app.test_client().get("/orders/9")
   except KeyError as error:
       print("KeyError:", error)

   app.test_client().get("/cakes").text

.. testoutput::

   KeyError: 9
   hook: 404 NOT FOUND
"""

from flask import Flask

app = Flask(__name__)
app.testing = True  # [testing]
orders = {7: "2 rye"}


@app.get("/orders/<int:number>")
def show_order(number):
    return {"items": orders[number]}


@app.after_request
def tell_status(response):
    print("hook:", response.status)
    return response
