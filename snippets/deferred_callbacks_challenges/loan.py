"""Defer before the view and in it, and register two hooks.

.. testcode::

   response = app.test_client().get("/books/3")
   print(response.text)

.. testoutput::

   Book 3 is yours for a month
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.before_request
def greet():
    @after_this_request
    def note_visit(response):
        return response


@app.after_request
def log_loan(response):
    return response


@app.after_request
def add_reminder(response):
    return response


@app.get("/books/<int:number>")
def borrow(number):
    @after_this_request
    def stamp_card(response):
        return response

    return f"Book {number} is yours for a month"
