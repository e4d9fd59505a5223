"""The schema describes what a run leaves behind: all of it, and nothing else."""

import copy
import dataclasses
import json
from pathlib import Path
from typing import get_type_hints

import pytest
from jsonschema_rs import Draft202012Validator, ValidationError, meta

from hookbook.corpus import runs
from hookbook.trace import functions, requests, snapshots, steps
from hookbook.trace.steps import as_json

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
SCHEMA = json.loads(
    Path(steps.__file__).with_name("trace.schema.json").read_text("utf-8")
)
DEFINITIONS = SCHEMA["$defs"]
VALIDATOR = Draft202012Validator(SCHEMA)

CASES = [
    *((ROOT / "snippets", name) for name in runs.names(ROOT / "snippets")),
    *(
        (FIXTURES, name)
        for name in runs.names(FIXTURES)
        if name.startswith("recorder/")
    ),
]


def test_the_schema_is_one():
    meta.validate(SCHEMA)
    assert len(CASES) >= 50


@pytest.mark.parametrize(("root", "name"), CASES, ids=[name for _, name in CASES])
def test_every_run_is_as_described(root, name):
    document = as_json(runs.run(root, name)[1])
    VALIDATOR.validate(json.loads(json.dumps(document)))


def test_every_kind_is_recorded_somewhere():
    found = {
        step.kind
        for root, name in CASES
        for one in runs.run(root, name)[1].traces
        for step in one.steps
    }
    assert sorted(found) == sorted(DEFINITIONS["step"]["properties"]["kind"]["enum"])


def spoil(document, *path, value=None):
    """Return a copy with one value set, or, without a value, taken out."""
    document = copy.deepcopy(document)
    *way, last = path
    place = document
    for key in way:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return document


STEP = ("requests", 0, "steps", 0)


@pytest.mark.canary
@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("stdout",), None),
        (("version",), 1),
        (("requests", 0, "steps"), []),
        ((*STEP, "kind"), "coffee break"),
        ((*STEP, "number"), 0),
        ((*STEP, "line"), "7"),
        ((*STEP, "owner"), "nobody"),
        ((*STEP, "after"), None),
        ((*STEP, "after", "g"), {"user": 1}),
        ((*STEP, "changes"), [{"name": "weather", "before": None, "after": "rain"}]),
    ],
)
def test_what_is_not_described_is_refused(path, value):
    good = as_json(runs.run(FIXTURES, "recorder/lanes")[1])
    with pytest.raises(ValidationError):
        VALIDATOR.validate(spoil(good, *path, value=value))


def fields(owner):
    if dataclasses.is_dataclass(owner):
        return {field.name for field in dataclasses.fields(owner)}
    return set(get_type_hints(owner))


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("trace", steps.Trace),
        ("step", steps.Step),
        ("change", steps.Change),
        ("state", snapshots.State),
        ("request", snapshots.RequestState),
        ("response", snapshots.ResponseState),
        ("registered", functions.Registered),
        ("rule", functions.Rule),
    ],
)
def test_the_schema_has_the_fields_of_the_code(name, owner):
    definition = DEFINITIONS[name]
    assert definition["title"] == owner.__name__
    assert set(definition["properties"]) == set(definition["required"]) == fields(owner)


def test_the_cap_is_the_recorders():
    assert DEFINITIONS["trace"]["properties"]["steps"]["maxItems"] == requests.MAX_STEPS


def test_everything_is_described():
    described = [SCHEMA, *DEFINITIONS.values()]
    bare = [
        f"{owner.get('title')}.{name}"
        for owner in described
        for name, value in owner.get("properties", {}).items()
        if "description" not in value and "$ref" not in value
    ]
    assert bare == []
