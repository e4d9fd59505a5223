"""Compare which hooks run when no view is called.

.. testcode::

   client = app.test_client()
   for method, path in requests:
       response = client.open(path, method=method)
       hooks = response.headers.getlist("X-Hook")
       print(method, path, response.status_code, hooks)

.. testoutput::

   HEAD /trails/ 200 ['trails', 'app']
   OPTIONS /trails/ 200 ['trails', 'app']
   PUT /trails/ 405 ['app']
   GET /trails 308 ['app']
   GET /trails/42 404 ['app']
"""

from flask import Blueprint, Flask

app = Flask(__name__)
trails = Blueprint("trails", __name__, url_prefix="/trails")
requests = [
    ("HEAD", "/trails/"),
    ("OPTIONS", "/trails/"),
    ("PUT", "/trails/"),
    ("GET", "/trails"),
    ("GET", "/trails/42"),
]


@app.after_request
def name_app(response):
    response.headers.add("X-Hook", "app")
    return response


@trails.after_request
def name_trails(response):
    response.headers.add("X-Hook", "trails")
    return response


@trails.get("/")
def list_trails():
    return ["Ridge", "Valley"]


app.register_blueprint(trails)
