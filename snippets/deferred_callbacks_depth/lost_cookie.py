"""Return a new response from a callback and lose an earlier cookie.

.. testcode::

   response = app.test_client().get("/posts/hello")
   print(response.text)
   for cookie in response.headers.getlist("Set-Cookie"):
       print(cookie.partition("=")[0])

.. testoutput::

   <p>Hello from the shop</p>
   session
"""

from flask import Flask, after_this_request, make_response, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.get("/posts/hello")
def show_post():
    session["visited"] = "hello"

    @after_this_request
    def set_last_post_cookie(response):
        response.set_cookie(
            "last_post",
            "hello",
            secure=True,
            httponly=True,
            samesite="Lax",
        )
        return response

    @after_this_request
    def wrap_in_paragraph(response):
        text = response.get_data(as_text=True)
        return make_response(f"<p>{text}</p>")

    return "Hello from the shop"
