"""The line above an output of another version says which versions print it."""

import pytest

from hookbook.site.versions import label_text


@pytest.mark.parametrize(
    ("claimed", "label"),
    [
        ("Before Flask 3.1", "Output before Flask 3.1"),
        ("Flask 2.3.0", "Output on Flask 2.3.0"),
        ("Flask 2.2.5, and since 2.3.2", "Output on Flask 2.2.5, and since 2.3.2"),
    ],
)
def test_output_that_no_run_printed_is_labelled_as_the_snippet_claims(claimed, label):
    assert label_text("changes/shop", claimed, "200", []) == label
