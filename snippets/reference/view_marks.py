"""Mark a view class as public, and check for the mark in a hook.

.. testcode::

   client = app.test_client()
   for path in "/", "/teas", "/orders":
       print(path, client.get(path).status)

.. testoutput::

   / 200 OK
   /teas 200 OK
   /orders 401 UNAUTHORIZED
"""

from flask import Flask, abort, request, session
from flask.views import MethodView

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"


def public(view):
    view.is_public = True
    return view


@app.before_request
def require_login():
    if request.endpoint in {None, "static"}:
        return  # a 404 or a file
    view = app.view_functions[request.endpoint]
    marked = getattr(view, "view_class", view)
    is_public = getattr(marked, "is_public", False)
    if request.method == "OPTIONS" or is_public:
        return
    if "user" not in session:
        abort(401)


@app.get("/")
@public
def index():
    return "Shop"


@public
class TeaView(MethodView):
    def get(self):
        return "Green tea"


class OrderView(MethodView):
    def get(self):
        return f"Orders of {session['user']}"


app.add_url_rule("/teas", view_func=TeaView.as_view("teas"))
app.add_url_rule("/orders", view_func=OrderView.as_view("orders"))
