"""Set a cookie from a view that returns plain text.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.text)
   print(response.headers["Set-Cookie"])

.. testoutput::

   Order 7
   last_order=7; Secure; HttpOnly; Path=/; SameSite=Lax
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.get("/orders/<int:number>")
def show_order(number):
    @after_this_request
    def remember_order(response):
        response.set_cookie(
            "last_order",
            str(number),
            secure=True,
            httponly=True,
            samesite="Lax",
        )
        return response

    return f"Order {number}"
