"""Set a cookie for each topic.

.. testcode::

   client = app.test_client()
   for topics in (
       ["garden", "kitchen", "travel"],
       ["music"],
       ["session", "garden; Domain=evil.example"],
   ):
       form = {"topic": topics}
       response = client.post("/newsletter", data=form)
       cookies = response.headers.getlist("Set-Cookie")
       names = [cookie.partition("=")[0] for cookie in cookies]
       print(response.text, "|", *sorted(names))

.. testoutput::

   Topics: 3 | garden kitchen travel
   Topics: 1 | music
   Topics: 0 |
"""

from flask import Flask, after_this_request, request

TOPICS = {"garden", "kitchen", "music", "travel"}

app = Flask(__name__)


@app.post("/newsletter")
def subscribe():
    wanted = request.form.getlist("topic")
    topics = [topic for topic in wanted if topic in TOPICS]
    for topic in topics:
        remember(topic)
    return f"Topics: {len(topics)}"


def remember(topic):
    @after_this_request
    def set_topic_cookie(response):
        response.set_cookie(
            topic, "yes", secure=True, httponly=True, samesite="Lax"
        )
        return response
