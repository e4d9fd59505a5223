"""Empty the basket once it is paid.

.. testcode::

   client = app.test_client()
   print(client.post("/basket/tulips").json)
   print(client.get("/basket").json)
   for card in "expired", "valid":
       form = {"card": card}
       print(client.post("/checkout", data=form).json)
       print(client.get("/basket").json)

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


@app.post("/basket/<flower>")
def fill_basket(flower):
    @after_this_request
    def keep_flower(response):
        response.set_cookie("basket", flower)
        return response

    return {"added": flower}


@app.post("/checkout")
def check_out():
    if request.form["card"] != "valid":
        return {"error": "card declined"}, 402

    @after_this_request
    def empty_basket(response):
        response.delete_cookie("basket")
        return response

    return {"paid": request.cookies.get("basket")}
