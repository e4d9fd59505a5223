"""Change the session in a callback, early enough for its cookie.

.. testcode::

   client = app.test_client()
   print(client.get("/posts/hello").text)
   print(client.get("/posts/hello").text)

.. testoutput::

   Hello (read 0 times)
   Hello (read 1 times)
"""

from flask import Flask, after_this_request, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.get("/posts/hello")
def show_post():
    times = session.get("times", 0)

    @after_this_request
    def count_reading(response):
        if response.status_code == 200:
            session["times"] = times + 1
        return response

    return f"Hello (read {times} times)"
