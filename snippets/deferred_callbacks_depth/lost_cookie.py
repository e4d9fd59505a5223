"""Return a new response from a callback and lose an earlier cookie.

.. testcode::

   response = app.test_client().get("/exhibits/9")
   print(response.text)
   for cookie in response.headers.getlist("Set-Cookie"):
       print(cookie.partition("=")[0])

.. testoutput::

   <p>Exhibit 9: a brass sextant</p>
   session
"""

from flask import Flask, after_this_request, make_response, session

app = Flask(__name__)
app.secret_key = "for this example only"


@app.get("/exhibits/<int:number>")
def show_exhibit(number):
    session["visited"] = number

    @after_this_request
    def remember_exhibit(response):
        response.set_cookie("exhibit", str(number))
        return response

    @after_this_request
    def wrap_in_paragraph(response):
        text = response.get_data(as_text=True)
        return make_response(f"<p>{text}</p>")

    return f"Exhibit {number}: a brass sextant"
