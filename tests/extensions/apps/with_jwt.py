"""An API with Flask-JWT-Extended."""

from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, jwt_required

app = Flask(__name__)
app.config["JWT_SECRET_KEY"] = "only for tests, and long enough for them"
jwt = JWTManager(app)


@app.post("/login")
def login():
    return {"token": create_access_token("ada")}


@app.get("/orders")
@jwt_required()
def list_orders():
    return {"orders": ["tea"]}
