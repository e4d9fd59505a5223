"""A chat with flask-sock, which takes WebSockets in a view."""

from flask import Flask
from flask_sock import Sock

app = Flask(__name__)
sock = Sock(app)


@sock.route("/chat")
def chat(socket):
    while True:
        socket.send(socket.receive())


@app.get("/")
def index():
    return "hello"
