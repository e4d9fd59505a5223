"""A page of Dash, on the server of the app."""

from dash import Dash, Input, Output, dcc, html
from flask import Flask

app = Flask(__name__)
dash = Dash(__name__, server=app)
dash.layout = html.Div([dcc.Input(id="tea"), html.Div(id="order")])


@dash.callback(Output("order", "children"), Input("tea", "value"))
def show_order(tea):
    return f"one {tea}"
