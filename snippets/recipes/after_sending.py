"""Run code when the response has been sent.

.. testcode::

   with app.test_client() as client:
       response = client.get("/orders/7", buffered=False)
       print(response.status, written)
       print(response.text)
       response.close()
   print(written)

.. testoutput::

   200 OK []
   Order 7
   ["'/orders/7' 200"]
"""

from flask import Flask, request

app = Flask(__name__)
written = []  # in your app: a logger or a file


@app.after_request
def write_audit_line(response):
    line = f"{request.path!r} {response.status_code}"
    response.call_on_close(lambda: written.append(line))
    return response


@app.get("/orders/<int:number>")
def show_order(number):
    return f"Order {number}"
