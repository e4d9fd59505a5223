"""Note in a test which templates a request renders.

.. testcode::

   from flask import template_rendered

   rendered = []

   def note(sender, template, context, **extra):
       rendered.append((template.name, context["product"]))

   with template_rendered.connected_to(note, app):
       app.test_client().get("/tea")
   app.test_client().get("/coffee")
   print(rendered)

.. testoutput::

   [('product.html', 'tea')]
"""

from flask import Flask, render_template
from jinja2 import DictLoader

app = Flask(__name__)
app.jinja_loader = DictLoader(
    {"product.html": "<h1>{{ product }}</h1>"}
)


@app.get("/<product>")
def show_product(product):
    return render_template("product.html", product=product)
