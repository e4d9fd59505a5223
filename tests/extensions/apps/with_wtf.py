"""A form with Flask-WTF, protected against forged requests."""

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import StringField

app = Flask(__name__)
app.secret_key = "only for tests"
csrf = CSRFProtect(app)


class Comment(FlaskForm):
    text = StringField()


@app.route("/comment", methods=["GET", "POST"])
def comment():
    form = Comment()
    return "saved" if form.validate_on_submit() else str(form.csrf_token())
