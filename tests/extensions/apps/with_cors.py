"""An API that other origins may call, with Flask-CORS."""

from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, resources={r"/api/*": {"origins": "https://shop.example"}})


@app.get("/api/orders")
def list_orders():
    return {"orders": []}
