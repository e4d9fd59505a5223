"""Pages of Flask-Admin."""

from flask import Flask
from flask_admin import Admin, BaseView, expose
from flask_babel import Babel

app = Flask(__name__)
app.secret_key = "only for tests"
Babel(app)
admin = Admin(app)


class Reports(BaseView):
    @expose("/")
    def index(self):
        return "reports"


admin.add_view(Reports(endpoint="reports"))
