"""Put a banner on pages, and let files and streams pass.

.. testcode::

   client = app.test_client()
   for path in "/", "/manual":
       response = client.get(path)
       print(response.status, "|", response.text[:27])
       response.close()
   response = client.get("/levels")
   print("all measured at once:", len(measured) == 3)
   print(response.text)

.. testoutput::

   200 OK | <b>Test</b> <h1>Tank 4</h1>
   200 OK | <h1>Manual</h1>
   all measured at once: False
   <p>81 cm</p><p>82 cm</p><p>80 cm</p>
"""

from io import BytesIO

from flask import Flask, send_file

app = Flask(__name__)
measured = []


@app.after_request
def add_banner(response):
    if response.is_streamed:
        return response
    page = response.get_data(as_text=True)
    response.set_data(f"<b>Test</b> {page}")
    return response


@app.get("/")
def tank():
    return "<h1>Tank 4</h1>"


@app.get("/manual")
def manual():
    file = BytesIO(b"<h1>Manual</h1>")
    return send_file(file, mimetype="text/html")


@app.get("/levels")
def levels():
    def measure():
        for level in "81 cm", "82 cm", "80 cm":
            measured.append(level)
            yield f"<p>{level}</p>"

    return measure()
