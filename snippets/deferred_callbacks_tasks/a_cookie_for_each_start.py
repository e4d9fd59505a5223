"""Set the cookie of the last topic again and again.

.. testcode::

   client = app.test_client()
   for topics in ["garden", "kitchen", "travel"], ["music"], []:
       form = {"topic": topics}
       response = client.post("/newsletter", data=form)
       cookies = response.headers.getlist("Set-Cookie")
       print(response.text, "|", *sorted(cookies))

.. testoutput::

   Topics: 3 | travel=yes; Path=/ travel=yes; Path=/ travel=yes; Path=/
   Topics: 1 | music=yes; Path=/
   Topics: 0 |
"""

from flask import Flask, after_this_request, request

app = Flask(__name__)


@app.post("/newsletter")
def subscribe():
    topics = request.form.getlist("topic")
    for topic in topics:

        @after_this_request
        def remember_topic(response):
            response.set_cookie(topic, "yes")
            return response

    return f"Topics: {len(topics)}"
