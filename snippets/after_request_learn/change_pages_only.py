"""Change the body of ordinary pages only.

.. testcode::

   client = app.test_client()
   for path in "/", "/orders/7", "/nowhere":
       response = client.get(path)
       print(path, "closed on Mondays" in response.text)

.. testoutput::

   / True
   /orders/7 False
   /nowhere False
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_notice(response):
    if (
        response.status_code == 200
        and response.content_type == "text/html; charset=utf-8"
        and not response.is_streamed
        and "Content-Encoding" not in response.headers
        and "ETag" not in response.headers
    ):
        page = response.get_data(as_text=True)
        notice = "<p>We are closed on Mondays.</p></body>"
        response.set_data(page.replace("</body>", notice))
    return response


@app.get("/")
def index():
    return "<!doctype html><title>Shop</title><body>Tea</body>"


@app.get("/orders/<int:number>")
def show_order(number):
    return {"number": number, "items": ["teapot"]}
