"""The phrase of a status may differ on a Werkzeug that is not released."""

import doctest
from http import HTTPStatus

import pytest
from werkzeug.wrappers import Response

from hookbook.corpus import phrases
from hookbook.corpus.phrases import as_released
from hookbook.corpus.scenarios import Checker

PAIRS = [
    ("404 Not Found", "404 NOT FOUND"),
    ("[418 I'm a Teapot]", "[418 I'M A TEAPOT]"),
    ("on 500 Internal Server Error.", "on 500 INTERNAL SERVER ERROR."),
    (f"422 {HTTPStatus(422).phrase} | tea", "422 UNPROCESSABLE ENTITY | tea"),
    ("<title>None Unknown</title>", "<title>None Unknown Error</title>"),
]


@pytest.fixture
def compare(monkeypatch):
    """Return a comparison as on a release, or on a development version."""

    def compare(want, got, *, development):
        monkeypatch.setattr(phrases, "DEVELOPMENT", development)
        return Checker(doctest.OutputChecker()).check_output(want, got, 0)

    return compare


@pytest.mark.parametrize(("next_one", "released"), PAIRS)
def test_a_development_version_may_word_a_status_as_python_does(
    compare, next_one, released
):
    assert compare(f"{released}\n", f"{next_one}\n", development=True)


@pytest.mark.canary
@pytest.mark.parametrize(("next_one", "released"), PAIRS)
def test_a_release_may_not(compare, next_one, released):
    assert not compare(f"{released}\n", f"{next_one}\n", development=False)


@pytest.mark.canary
@pytest.mark.parametrize(
    "got", ["404 Gone", "410 Not Found", "404 not found", "404 Not Foundling", "404"]
)
def test_another_status_or_phrase_is_none(compare, got):
    assert not compare("404 NOT FOUND\n", f"{got}\n", development=True)


@pytest.mark.skipif(phrases.DEVELOPMENT, reason="that writes no release's phrases")
def test_the_phrases_are_those_that_this_release_writes(monkeypatch):
    monkeypatch.setattr(phrases, "DEVELOPMENT", True)
    written = [Response(status=one.value).status for one in HTTPStatus]
    assert len(written) > 50
    assert [as_released(f"{one.value} {one.phrase}") for one in HTTPStatus] == written
