"""Push contexts without a request, then send one.

.. testcode::

   with app.app_context():
       print("app context:", "user" in g)
   with app.test_request_context("/"):
       print("request context:", "user" in g)
   print(app.test_client().get("/").text)
   for line in ran:
       print(line)

.. testoutput::

   app context: False
   request context: False
   Hello
   teardown_appcontext
   teardown_request
   teardown_appcontext
   before_request
   teardown_request
   teardown_appcontext
"""

from flask import Flask, g

app = Flask(__name__)
ran = []


@app.before_request
def load_user():
    g.user = "anna"
    ran.append("before_request")


@app.teardown_request
def release_lock(exception):
    ran.append("teardown_request")


@app.teardown_appcontext
def close_database(exception):
    ran.append("teardown_appcontext")


@app.get("/")
def index():
    return "Hello"
