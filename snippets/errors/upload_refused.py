"""Read an upload to its end before refusing it.

.. testcode::

   client = app.test_client()
   photo = b"x" * 200_000
   response = client.post("/photos", data=photo)
   print(response.status_code, response.text)

.. testoutput::

   401 Log in
"""

from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = "only for this example"


@app.before_request
def require_login():
    if "user_id" in session:
        return None
    while request.stream.read(65536):
        pass  # read the upload away
    return "Log in", 401


@app.post("/photos")
def save_photo():
    return "saved"
