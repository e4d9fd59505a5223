"""Raise in a deferred callback: the callbacks start over.

.. testcode::

   response = app.test_client().post("/orders")
   print(response.status, response.text[:15])

.. testoutput::

   mail_receipt: 200 OK
   mail_receipt: 500 INTERNAL SERVER ERROR
   500 INTERNAL SERVER ERROR <!doctype html>
"""

from flask import Flask, after_this_request

POINTS = {"anna": 10}

app = Flask(__name__)


@app.post("/orders")
def place_order():
    @after_this_request
    def mail_receipt(response):
        print("mail_receipt:", response.status)
        return response

    @after_this_request
    def add_points(response):
        response.headers["X-Points"] = POINTS["bert"]
        return response

    return "Two lamps ordered"
