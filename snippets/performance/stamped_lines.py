"""Change the pieces of a stream, and leave it a stream.

.. testcode::

   response = app.test_client().get("/export", buffered=True)
   print(response.text)

.. testoutput::

   streamed before: True
   streamed after: True
   view: first
   view: second
   7;24.00
   8;48.00
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def use_semicolons(response):
    streamed = response.is_streamed and not response.direct_passthrough
    if streamed and response.mimetype == "text/csv":
        print("streamed before:", response.is_streamed)
        body, pieces = response.response, response.iter_encoded()
        response.response = (
            piece.replace(b",", b";") for piece in pieces
        )
        if hasattr(body, "close"):
            response.call_on_close(body.close)
        print("streamed after:", response.is_streamed)
    return response


@app.get("/export")
def export():
    def lines():
        print("view: first")
        yield "7,24.00\n"
        print("view: second")
        yield "8,48.00"

    return lines(), {"Content-Type": "text/csv"}
