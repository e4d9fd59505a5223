"""An API of APIFlask, whose errors are JSON."""

from apiflask import APIFlask, Schema
from apiflask.fields import Integer

app = APIFlask(__name__)


class Order(Schema):
    number = Integer(required=True)


@app.post("/orders")
@app.input(Order)
def add_order(json_data):
    return {"number": json_data["number"]}, 201
