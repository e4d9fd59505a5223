"""Run the hooks of the blueprints first, from the inside out.

.. testcode::

   client = app.test_client()
   for path in "/", "/library/", "/library/maps/":
       response = client.get(path)
       print(response.text, response.headers.getlist("X-Signed-By"))

.. testoutput::

   Town hall ['mayor']
   Reading room ['librarian', 'mayor']
   Map room ['map keeper', 'librarian', 'mayor']
"""

from flask import Blueprint, Flask

app = Flask(__name__)
library = Blueprint("library", __name__, url_prefix="/library")
maps = Blueprint("maps", __name__, url_prefix="/maps")


@app.after_request
def sign_as_mayor(response):
    response.headers.add("X-Signed-By", "mayor")
    return response


@library.after_request
def sign_as_librarian(response):
    response.headers.add("X-Signed-By", "librarian")
    return response


@maps.after_request
def sign_as_map_keeper(response):
    response.headers.add("X-Signed-By", "map keeper")
    return response


@app.get("/")
def town_hall():
    return "Town hall"


@library.get("/")
def reading_room():
    return "Reading room"


@maps.get("/")
def map_room():
    return "Map room"


library.register_blueprint(maps)
app.register_blueprint(library)
