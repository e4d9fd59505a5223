"""Change the response to one request and leave the others alone.

.. testcode::

   client = app.test_client()
   for path in "/invoice?save=yes", "/invoice":
       response = client.get(path)
       print(response.text)
       print(response.headers.get("Content-Disposition"))

.. testoutput::

   Total: 84.50
   attachment; filename=invoice.txt
   Total: 84.50
   None
"""

from flask import Flask, after_this_request, request

app = Flask(__name__)


@app.get("/invoice")
def show_invoice():
    if request.args.get("save") == "yes":

        @after_this_request
        def offer_download(response):
            response.headers.set(
                "Content-Disposition",
                "attachment",
                filename="invoice.txt",
            )
            return response

    return "Total: 84.50"
