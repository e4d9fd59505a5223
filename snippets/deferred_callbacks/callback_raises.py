"""Raise in a deferred callback: the callbacks start over.

.. testcode::

   response = app.test_client().post("/tickets")
   print(response.status, response.text[:15])

.. testoutput::

   mail_receipt: 200 OK
   mail_receipt: 500 INTERNAL SERVER ERROR
   500 INTERNAL SERVER ERROR <!doctype html>
"""

from flask import Flask, after_this_request

POINTS = {"anna": 10}

app = Flask(__name__)


@app.post("/tickets")
def buy_ticket():
    @after_this_request
    def mail_receipt(response):
        print("mail_receipt:", response.status)
        return response

    @after_this_request
    def show_points(response):
        response.headers["X-Points"] = POINTS["bert"]
        return response

    return "Row 7, seat 12"
