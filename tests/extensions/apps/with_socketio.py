"""A chat with Flask-SocketIO, which answers some URLs before Flask."""

from flask import Flask
from flask_socketio import SocketIO

app = Flask(__name__)
app.secret_key = "only for tests"
socketio = SocketIO(app, async_mode="threading")


@socketio.on("message")
def receive(text):
    socketio.send(text)


@app.get("/")
def index():
    return "hello"
