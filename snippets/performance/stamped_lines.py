"""Change a streamed body piece by piece; it stays a stream.

.. testcode::

   response = app.test_client().get("/depths", buffered=True)
   print(response.text)

.. testoutput::

   streamed before: True
   streamed after: True
   view: first
   view: second
   ST KILDA: 40 M
   FOULA: 95 M
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def shout(response):
    print("streamed before:", response.is_streamed)
    lines = response.response
    response.response = (line.upper() for line in lines)
    print("streamed after:", response.is_streamed)
    return response


@app.get("/depths")
def depths():
    def lines():
        print("view: first")
        yield "St Kilda: 40 m\n"
        print("view: second")
        yield "Foula: 95 m"

    return lines()
