"""Empty the basket once it's paid for.

.. testcode::

   client = app.test_client()
   https = {"base_url": "https://localhost"}
   print(client.post("/basket/tulips", **https).json)
   print(client.get("/basket", **https).json)
   for card in "expired", "valid":
       form = {"card": card}
       print(client.post("/checkout", data=form, **https).json)
       print(client.get("/basket", **https).json)

.. testoutput::

   {'added': 'tulips'}
   {'basket': 'tulips'}
   {'error': 'card declined'}
   {'basket': 'tulips'}
   {'paid': 'tulips'}
   {'basket': None}
"""

from flask import Flask, after_this_request, request

app = Flask(__name__)


@app.get("/basket")
def show_basket():
    return {"basket": request.cookies.get("basket")}


@app.post("/basket/<any(roses, tulips):flower>")
def fill_basket(flower):
    @after_this_request
    def set_basket_cookie(response):
        response.set_cookie(
            "basket",
            flower,
            secure=True,
            httponly=True,
            samesite="Lax",
        )
        return response

    return {"added": flower}


@app.post("/checkout")
def check_out():
    if request.form["card"] != "valid":
        return {"error": "card declined"}, 402

    @after_this_request
    def delete_basket_cookie(response):
        response.delete_cookie("basket")
        return response

    return {"paid": request.cookies.get("basket")}
