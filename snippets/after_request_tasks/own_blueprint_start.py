"""Hide the whole shop from search engines.

.. testcode::

   client = app.test_client()
   for path in (
       "/", "/staff-picks", "/staff/rota/monday", "/staff/rota/june"
   ):
       response = client.get(path)
       robots = response.headers.get("X-Robots-Tag")
       print(path, "|", robots, "|", response.text[:15])

.. testoutput::

   / | noindex | Bread and rolls
   /staff-picks | noindex | Rye, walnut
   /staff/rota/monday | noindex | Ada, Grace
   /staff/rota/june | noindex | <!doctype html>
"""

from flask import Blueprint, Flask, abort

ROTA = {"monday": "Ada, Grace"}

app = Flask(__name__)
staff = Blueprint("staff", __name__, url_prefix="/staff")


@staff.after_app_request
def hide_from_search(response):
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@staff.get("/rota/<day>")
def rota(day):
    if day not in ROTA:
        abort(404)
    return ROTA[day]


@app.get("/")
def shop():
    return "Bread and rolls"


@app.get("/staff-picks")
def staff_picks():
    return "Rye, walnut"


app.register_blueprint(staff)
