"""Each entry is headed by a message that its snippet prints; no message is missing."""

import ast
import pickle
import re
from pathlib import Path

import flask
import pytest
from docutils import nodes

from hookbook.explain.boxes import box
from hookbook.site.directives.proof import claim_mark

PAGES = (
    "contexts", "responses", "async", "requests", "registration", "sessions-and-urls",
    "databases",
)  # fmt: skip
# Headings that no snippet prints, and why.
UNPRINTED = {
    "AttributeError on g": "its message is the name of the value",
    "KeyError on session": "its message is the name of the value",
    "method instead of methods in a route": "what to look at; the message is below",
    "Broken pipe or Connection reset by peer, instead of a 401": "the client's words",
    "current transaction is aborted, commands ignored until end of transaction block": (
        "PostgreSQL's"
    ),
    "Packet sequence number wrong, or Commands out of sync": "MySQL's",
}
# Headings that only a test compares: a server is needed, or the words have changed.
COMPARED = {
    "IncompleteRead(0 bytes read, 6 more expected)": (
        "test_file_in_memory_that_is_not_rewound_is_cut_off_on_a_server"
    ),
    "argument of type 'NoneType' is not iterable": (
        "test_hook_that_reads_the_endpoint_as_text_makes_a_500_of_errors"
    ),
    "module 'views' has no attribute 'register'": (
        "test_module_registered_as_a_blueprint_has_no_register"
    ),
    "URL rule 'shop/orders' must start with a slash.": (
        "test_url_prefix_without_its_first_slash_is_a_value_error"
    ),
}

# Messages of Flask's modules that no entry has, and why.
LEFT_OUT = {
    "Invalid static_host/host_matching combination": "an argument of Flask()",
    "If an instance path is provided it must be absolute.": "an argument of Flask()",
    "'static_folder' must be set to serve static_files.": "no route leads there",
    "Resources can only be opened for reading.": "reading a file of the package",
    "No root path can be found for the provided module": "where the app is imported",
    "expected view func if endpoint is not provided.": "add_url_rule with neither",
    "'view_func' name may not contain a dot": "as that of the endpoint",
    "'name' may not be empty.": "said where names with dots are",
    "not found": "caught by Flask itself",
}
MODULES = (
    "app.py", "ctx.py", "helpers.py", "sessions.py", "templating.py", "wrappers.py",
    "views.py", "blueprints.py", "sansio/app.py", "sansio/scaffold.py",
    "sansio/blueprints.py",
)  # fmt: skip


def plain(text):
    """Return a text without differences in white space."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def sections(site):
    """The section of each entry, by its heading."""
    found = {}
    for page in PAGES:
        path = site.parent / "doctrees" / "errors" / f"{page}.doctree"
        tree = pickle.loads(path.read_bytes())
        for section in tree.next_node(nodes.section).findall(nodes.section):
            title = section.next_node(nodes.title)
            if title.parent is not section or title.parent.parent is tree:
                continue
            found[title.astext()] = section
    return found


@pytest.fixture(scope="module")
def entries(sections):
    """The heading of each entry, and what its snippet prints."""
    return {
        title: plain(
            "\n".join(
                block.astext()
                for figure in section.findall(box)
                for block in figure.findall(nodes.literal_block)
                if "hb-output" in block["classes"]
            )
        )
        for title, section in sections.items()
    }


def test_each_entry_is_headed_by_what_its_snippet_prints(entries):
    assert len(entries) >= 50
    wrong = [title for title, told in entries.items() if plain(title) not in told]
    assert sorted(wrong) == sorted([*UNPRINTED, *COMPARED])


def test_entry_whose_snippet_prints_something_else_leans_on_a_test(sections):
    assert len(COMPARED) >= 4
    for title, test in COMPARED.items():
        marks = sections[title].findall(claim_mark)
        assert test in {mark["proof"] for mark in marks}, title


def raised():
    """Yield the message of each error that these modules raise, names as stars."""
    root = Path(flask.__file__).parent
    for name in MODULES:
        for node in ast.walk(ast.parse((root / name).read_text("utf-8"))):
            match node:
                case ast.Raise(exc=ast.Call(args=[argument, *_])):
                    yield _text(argument)
                case ast.Assert(msg=ast.expr() as argument):
                    yield _text(argument)


def _text(node):
    match node:
        case ast.Constant(value=str() as text):
            return plain(text)
        case ast.JoinedStr(values=parts):
            return plain("".join(_text(part) or "*" for part in parts))
    return ""


def test_no_message_of_flask_is_missing(entries):
    """A release that says something new is noticed here."""
    printed = " ".join(entries.values())
    messages = sorted({message for message in raised() if message.strip("* ")})
    assert len(messages) >= 25
    missing = []
    for message in messages:
        first = re.split(r"(?<=[.)]) ", message)[0]
        pattern = ".*?".join(map(re.escape, first.split("*")))
        if not re.search(pattern, printed):
            missing.append(message)
    unexplained = [m for m in missing if not any(m.startswith(x) for x in LEFT_OUT)]
    assert unexplained == []
    unused = [x for x in LEFT_OUT if not any(m.startswith(x) for m in missing)]
    assert unused == []
