"""An API with Flask-RESTX, which has error handlers of its own."""

from flask import Flask
from flask_restx import Api, Resource

app = Flask(__name__)
api = Api(app)


@api.errorhandler(KeyError)
def answer_missing(error):
    return {"missing": str(error)}, 404


@api.route("/orders/<int:number>")
class ShowOrder(Resource):
    def get(self, number):
        return {"order": {7: "tea"}[number]}
