"""Preload the style sheet with everything.

.. testcode::

   client = app.test_client()
   for path in "/", "/archive", "/moon", "/moon.csv", "/mars":
       response = client.get(path)
       link = response.headers.get("Link")
       print(path, "|", link, "|", response.text[:12].strip())

.. testoutput::

   / | </style.css>; rel=preload; as=style | <h1>Clear un
   /archive | </style.css>; rel=preload; as=style | <h1>Nights o
   /moon | </style.css>; rel=preload; as=style | {"phase":"wa
   /moon.csv | </style.css>; rel=preload; as=style | phase,waning
   /mars | </style.css>; rel=preload; as=style | <!doctype ht
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def preload_style(response):
    link = "</style.css>; rel=preload; as=style"
    response.headers["Link"] = link
    return response


@app.get("/")
def tonight():
    return "<h1>Clear until midnight</h1>"


@app.get("/archive")
def archive():
    kind = {"Content-Type": "text/html; charset=us-ascii"}
    return "<h1>Nights of 1998</h1>", kind


@app.get("/moon")
def moon():
    return {"phase": "waning"}


@app.get("/moon.csv")
def moon_table():
    return "phase,waning", {"Content-Type": "text/csv"}
