"""The search leaves out words that are other forms of words it has."""

import pytest

from hookbook.site.search.stems import stem


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("hook", "hooks"),
        ("handling", "handled"),
        ("query", "queries"),
        ("class", "classes"),
        ("stop", "stopped"),
        ("cache", "caching"),
    ],
)
def test_forms_of_a_word_have_one_stem(word, form):
    assert stem(word) == stem(form)


@pytest.mark.parametrize("word", ["status", "this", "process", "3rds", "by"])
def test_what_is_no_ending_stays(word):
    assert stem(word) == word
