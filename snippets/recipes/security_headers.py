"""Add security headers to every response, and let a view change one.

.. testcode::

   client = app.test_client()
   page = client.get("/")
   print(page.headers["Content-Security-Policy"])

   for path in "/widget", "/nothing", "/static/missing.css":
       headers = client.get(path).headers
       print(path, headers["X-Content-Type-Options"])
       print(" ", headers["Content-Security-Policy"])

.. testoutput::

   default-src 'self'; frame-ancestors 'none'
   /widget nosniff
     default-src 'self'; frame-ancestors https://partner.example
   /nothing nosniff
     default-src 'self'; frame-ancestors 'none'
   /static/missing.css nosniff
     default-src 'self'; frame-ancestors 'none'
"""

from flask import Flask, make_response

app = Flask(__name__)

POLICY = "default-src 'self'; frame-ancestors"
SECURITY_HEADERS = {
    "Content-Security-Policy": f"{POLICY} 'none'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}


@app.after_request
def add_security_headers(response):
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


@app.get("/")
def index():
    return "<h1>Shop</h1>"


@app.get("/widget")
def show_widget():
    response = make_response("<p>Embed me</p>")
    partner = f"{POLICY} https://partner.example"
    response.headers["Content-Security-Policy"] = partner
    return response
