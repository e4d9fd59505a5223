"""Look up where Flask keeps the hooks, and which a request selects.

.. testcode::

   for key, hooks in app.after_request_funcs.items():
       print(key, [hook.__name__ for hook in hooks])
   client = app.test_client()
   for path in "/", "/zoo/", "/zoo/birds/", "/zoo/fish/":
       print(path, client.get(path).headers["X-Blueprints"])

.. testoutput::

   None ['name_blueprints', 'count_visit']
   zoo ['keep_quiet']
   zoo.birds ['close_cage']
   / []
   /zoo/ ['zoo']
   /zoo/birds/ ['zoo.birds', 'zoo']
   /zoo/fish/ []
"""

from flask import Blueprint, Flask, request

app = Flask(__name__)
zoo = Blueprint("zoo", __name__, url_prefix="/zoo")
birds = Blueprint("birds", __name__, url_prefix="/birds")


@app.after_request
def name_blueprints(response):
    response.headers["X-Blueprints"] = str(request.blueprints)
    return response


@app.after_request
def count_visit(response):
    return response


@zoo.after_request
def keep_quiet(response):
    return response


@birds.after_request
def close_cage(response):
    return response


@app.get("/")
def entrance():
    return "Tickets"


@zoo.get("/")
def show_map():
    return "Map"


@birds.get("/")
def list_birds():
    return ["Heron", "Stork"]


zoo.register_blueprint(birds)
app.register_blueprint(zoo)
