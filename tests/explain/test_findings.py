"""Which snippets of the pages show a mistake, and where each mistake is explained."""

import re
from pathlib import Path

import pytest

from hookbook.corpus import runs
from hookbook.explain.findings import KINDS, findings

from .running import found, recorded
from .test_response_findings import no_return

ROOT = Path(__file__).parents[2]
SNIPPETS = ROOT / "snippets"

SHOW_A_MISTAKE = {
    "after_request/forget_return": {"returned-none"},
    "after_request/replace_response": {"response-replaced"},
    "after_request_challenges/cache_everything": {"cookie-in-shared-cache"},
    "after_request_challenges/cache_unless_cookie": {"cookie-in-shared-cache"},
    "after_request_challenges/cache_unless_vary": {"cookie-in-shared-cache"},
    "after_request_challenges/footer_in_test": {"stream-read"},
    "after_request_challenges/footer_on_files": {"stream-read"},
    "after_request_challenges/images_kept": {"returned-none"},
    "after_request_challenges/images_return_text": {"returned-none"},
    "after_request_challenges/origin_assigned": {"header-overwritten"},
    "after_request_depth/replaced_midway": {"response-replaced"},
    "after_request_learn/blame_the_next": {"returned-none"},
    "after_request_tasks/files_and_streams_start": {"stream-read"},
    "after_request_tasks/return_on_every_path_start": {"returned-none"},
    "changes/lost_receiver": {"receiver-collected"},
    "changes/teardown_error_group": {"teardown-raised"},
    "changes/teardown_raises": {"teardown-raised"},
    "deferred_callbacks/forget_return": {"returned-none"},
    "deferred_callbacks/no_conversion": {"returned-none"},
    "deferred_callbacks_challenges/tunnels": {"returned-none"},
    "deferred_callbacks_challenges/tunnels_hook_guarded": {"returned-none"},
    "deferred_callbacks_challenges/tunnels_hook_last": {"returned-none"},
    "deferred_callbacks_depth/lost_cookie": {"response-replaced"},
    "errors/hook_after_none": {"returned-none"},
    "errors/hook_returns_none": {"returned-none"},
    "errors/hook_returns_none_session": {"returned-none"},
    "errors/hook_returns_tuple": {"returned-none"},
    "errors/sent_file_is_read": {"stream-read"},
    "errors/teardown_without_parameter": {"teardown-raised"},
    "errors/view_returns_none": {"returned-none"},
    "recipes/user_in_log": {"session-on-every-page"},
}
"""The snippets that show a mistake on purpose, and which; all others have none.

In the last one it is the price, which its page names.
"""


def kinds_of(root, name):
    return {one.kind for one in findings(runs.run(root, name)[1].traces)}


def test_only_snippets_that_show_a_mistake_have_a_finding():
    names = runs.names(SNIPPETS)
    told = {name: kinds_of(SNIPPETS, name) for name in names}
    assert len(names) >= 150
    assert {name: kinds for name, kinds in told.items() if kinds} == SHOW_A_MISTAKE


def slugs(page):
    """List the anchors of a page: its labels and its headings."""
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    labels = re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    ids = (re.sub(r"[^a-z0-9]+", "-", one.lower()).strip("-") for one in headings)
    return {*labels, *ids}


@pytest.mark.parametrize("kind", KINDS)
def test_each_mistake_is_explained_somewhere(kind):
    page, anchor = KINDS[kind]
    assert anchor in slugs(page), (
        f"src/hookbook/explain/mistakes.py: {page}.md has no '{anchor}': choose"
        " another place for it in KINDS"
    )


@pytest.mark.canary
def test_a_place_that_is_not_there_is_noticed():
    assert "no-such-heading" not in slugs("after-request/review")


def test_a_finding_names_its_place():
    traces = recorded(no_return, "/", "/", "/nowhere")
    (one,) = findings(traces)
    assert (one.kind, one.function) == ("returned-none", "stamp")
    assert one.file.endswith("tests/explain/test_response_findings.py")
    assert Path(one.file).read_text().splitlines()[one.line - 1].strip() == (
        "def stamp(response):"
    )
    assert (one.page, one.anchor) == KINDS["returned-none"]
    step = traces[one.request - 1].steps[one.step - 1]
    assert (step.name, step.outcome) == ("stamp", "returned None")


def test_no_request_no_finding():
    assert findings([]) == []
    assert found(lambda app: None, "/") == []
