"""Defer from an extension, even while a template is rendered.

.. testcode::

   response = app.test_client().get("/")
   print(response.headers["Link"])
   print(response.text)

.. testoutput::

   </blog.css>; rel=preload; as=style
   <link rel="stylesheet" href="/blog.css">
"""

from flask import Flask, after_this_request, render_template_string

PAGE = '<link rel="stylesheet" href="{{ stylesheet("/blog.css") }}">'


class Preload:
    def __init__(self, app=None):
        if app is not None:
            self.init_app(app)

    def init_app(self, app):
        app.extensions["preload"] = self
        app.add_template_global(self.stylesheet)

    def stylesheet(self, url):
        @after_this_request
        def add_link(response):
            link = f"<{url}>; rel=preload; as=style"
            response.headers.add("Link", link)
            return response

        return url


app = Flask(__name__)
preload = Preload(app)


@app.get("/")
def index():
    return render_template_string(PAGE)
