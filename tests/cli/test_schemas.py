"""What ``--json`` prints is as its schema describes it."""

import copy
import json
from pathlib import Path

import pytest

import hookbook.cli
import hookbook.trace

from .conftest import SHOP

schemas = pytest.importorskip("jsonschema_rs")

FOLDERS = {
    "hooks": Path(hookbook.cli.__file__).parent,
    "trace-command": Path(hookbook.cli.__file__).parent,
    "trace": Path(hookbook.trace.__file__).parent,
}
SCHEMAS = {
    name: json.loads((folder / f"{name}.schema.json").read_text("utf-8"))
    for name, folder in FOLDERS.items()
}
REGISTRY = schemas.Registry(
    [(f"{name}.schema.json", schema) for name, schema in SCHEMAS.items()]
)


def validator(name):
    return schemas.Draft202012Validator(SCHEMAS[name], registry=REGISTRY)


def objects(schema):
    """Find the descriptions of objects in a schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)


@pytest.mark.parametrize("name", ["hooks", "trace-command"])
def test_the_schemas_describe_each_value(name):
    schemas.meta.validate(SCHEMAS[name])
    found = list(objects(SCHEMAS[name]))
    assert len(found) >= 4
    for one in found:
        assert sorted(one["required"]) == sorted(one["properties"])
        assert one["additionalProperties"] is False
        for part in one["properties"].values():
            assert part.get("description") or "$ref" in part


@pytest.mark.parametrize("arguments", [[], ["/orders/7"], ["/no", "--method", "PUT"]])
def test_hooks(run, arguments):
    told = json.loads(run(SHOP, "hooks", *arguments, "--json").stdout)
    validator("hooks").validate(told)
    assert told["applications"][0]["functions"]


TRACES = {
    "one": ["GET", "/orders/7"],
    "two": ["POST", "/login", "-d", "name=a", "--next", "GET", "/nowhere"],
    "an error": ["GET", "/broken"],
}


@pytest.fixture(params=TRACES)
def document(request, run):
    told = run(SHOP, "trace", *TRACES[request.param], "--json")
    return json.loads(told.stdout)


def test_trace(document):
    validator("trace-command").validate(document)
    assert document["not_run"]
    assert len(document["answers"]) == len(document["requests"])


@pytest.mark.canary
def test_what_the_schema_lacks_is_refused(run):
    document = json.loads(run(SHOP, "trace", "GET", "/orders/7", "--json").stdout)
    spoiled = copy.deepcopy(document)
    spoiled["answers"][0]["more"] = 1
    assert not validator("trace-command").is_valid(spoiled)
    spoiled = copy.deepcopy(document)
    del spoiled["requests"][0]["steps"][0]["number"]
    assert not validator("trace-command").is_valid(spoiled)
