"""Pass one response through every kind of callback.

.. testcode::

   response = app.test_client().get("/terminal/gates/B7")
   for step in response.headers.getlist("X-Passed"):
       print(step)
   print(response.text)

.. testoutput::

   check_in
   board
   gate
   terminal
   security, registered last
   security, registered first
   tower
   Now boarding at B7
"""

from flask import (
    Blueprint,
    Flask,
    after_this_request,
    request_finished,
    session,
)

app = Flask(__name__)
app.secret_key = "only for this example"
terminal = Blueprint("terminal", __name__, url_prefix="/terminal")
gates = Blueprint("gates", __name__, url_prefix="/gates")


@app.before_request
def arrive():
    @after_this_request
    def check_in(response):
        response.headers.add("X-Passed", "check_in")
        return response


@app.after_request
def identify(response):
    passed = "security, registered first"
    response.headers.add("X-Passed", passed)
    return response


@app.after_request
def scan(response):
    passed = "security, registered last"
    response.headers.add("X-Passed", passed)
    return response


@terminal.after_request
def leave_terminal(response):
    response.headers.add("X-Passed", "terminal")
    return response


@gates.after_request
def leave_gate(response):
    response.headers.add("X-Passed", "gate")
    return response


@gates.get("/<name>")
def show_gate(name):
    @after_this_request
    def board(response):
        response.headers.add("X-Passed", "board")
        return response

    session["gate"] = name
    return f"Now boarding at {name}"


@request_finished.connect_via(app)
def clear_runway(sender, response):
    response.headers.add("X-Passed", "tower")


@app.teardown_request
def clean_up(error):
    pass


terminal.register_blueprint(gates)
app.register_blueprint(terminal)
