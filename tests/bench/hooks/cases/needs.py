"""Many requests, few need it: deferring, and a flag."""

from snippets.performance.deferred_when_needed import app as deferring_recipes
from snippets.performance.flag_on_g import app as flagged_recipes
from tests.bench.hooks.cases.case import case


@case("deferring app, a request without need", url="/recipes/carrot")
def deferring_idle():
    return deferring_recipes


@case("deferring app, a request with need", url="/recipes/beetroot")
def deferring_used():
    return deferring_recipes


@case("app with a flag, a request without need", url="/recipes/carrot")
def flag_idle():
    return flagged_recipes


@case("app with a flag, a request with need", url="/recipes/beetroot")
def flag_used():
    return flagged_recipes
