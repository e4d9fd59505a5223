"""Tell a script from a browser, and compare a token.

Werkzeug 1.0 has removed request.is_xhr, 2.1 safe_str_cmp, and Flask
1.0 the package flask.ext.

.. testcode::

   print(app.test_client().get("/old").text)
   for module, name in (
       ("werkzeug.security", "safe_str_cmp"),
       ("flask.ext", "login"),
   ):
       try:
           exec(f"from {module} import {name}")
       except ImportError as error:
           print(f"ImportError: {str(error).partition(' (')[0]}")

   header = {"X-Requested-With": "XMLHttpRequest", "X-Token": "tea"}
   print(app.test_client().get("/", headers=header).text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   AttributeError: 'Request' object has no attribute 'is_xhr'
   ImportError: cannot import name 'safe_str_cmp'
    from 'werkzeug.security'
   ImportError: No module named 'flask.ext'
   script with a token
"""

from hmac import compare_digest

from flask import Flask, request

app = Flask(__name__)


@app.get("/old")
def ask_for_old_name():
    try:
        return str(request.is_xhr)
    except AttributeError as error:
        return f"AttributeError: {error}"


@app.get("/")
def index():
    requested = request.headers.get("X-Requested-With")
    kind = "script" if requested == "XMLHttpRequest" else "browser"
    token = request.headers.get("X-Token", "")
    right = compare_digest(token.encode(), b"tea")
    return f"{kind} with{'' if right else 'out'} a token"
