"""Set a cookie from a view that returns plain data.

.. testcode::

   response = app.test_client().get("/books/emma")
   print(response.json)
   print(response.headers["Set-Cookie"])

.. testoutput::

   {'author': 'Jane Austen', 'year': 1815}
   last_viewed=emma; Path=/
"""

from flask import Flask, abort, after_this_request

BOOKS = {"emma": {"author": "Jane Austen", "year": 1815}}

app = Flask(__name__)


@app.get("/books/<title>")
def show_book(title):
    if title not in BOOKS:
        abort(404)

    @after_this_request
    def remember_title(response):
        response.set_cookie("last_viewed", title)
        return response

    return BOOKS[title]
