"""Report the bytes of each response's body.

.. testcode::

   sizes.clear()
   client = app.test_client()
   for path in "/", "/orders.csv", "/static/missing.css":
       client.get(path, buffered=True)
   client.head("/", buffered=True)
   for size in sizes:
       print(*size)

.. testoutput::

   index 200 5
   export_orders 200 13
   static 404 207
   index 200 0
"""

from flask import Flask, request

app = Flask(__name__)
sizes = []  # in your app: a Histogram of prometheus_client


def count_pieces(pieces, counted):
    for piece in pieces:
        counted.append(len(piece))
        yield piece


@app.after_request
def measure_body(response):
    endpoint, status = request.endpoint or "none", response.status_code

    def report(size):
        sizes.append((endpoint, status, size))

    if request.method == "HEAD" or status in (204, 304):
        report(0)
    elif response.direct_passthrough:
        report(response.content_length)  # a file
    elif response.is_streamed:
        body, counted = response.response, []
        pieces = response.iter_encoded()
        response.response = count_pieces(pieces, counted)
        if hasattr(body, "close"):
            response.call_on_close(body.close)
        response.call_on_close(lambda: report(sum(counted)))
    else:
        report(response.calculate_content_length())
    return response


@app.get("/")
def index():
    return "Shop\n"


@app.get("/orders.csv")
def export_orders():
    rows = (f"{number},Tea\n" for number in (7, 10))
    return app.response_class(rows, mimetype="text/csv")
