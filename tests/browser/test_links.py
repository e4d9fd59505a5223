"""A shared link is anybody's: it is read with bounds, and refused in words."""

import base64
import json
import zlib

import pytest

from .runner import require
from .workbench import PLAYGROUND, loaded

pytestmark = pytest.mark.browser

READ = """async (hash) => {
  const found = [...performance.getEntriesByType("resource")]
    .find(({ name }) => name.includes("/workbench/link.js"));
  const { read } = await import(found.name);
  try { return { app: await read(hash) }; }
  catch (error) { return { refused: error.message }; }
}"""
APP = {
    "code": "app = None", "scenario": "", "requests": [{"path": "/"}],
    "way": "requests", "files": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def page(visit, site, address):
    require(site)
    with visit(address + PLAYGROUND) as watch:
        loaded(watch.page, "link.js")
        yield watch.page


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def packed(data):
    deflate = zlib.compressobj(9, wbits=-15)
    return f"#app=1{encoded(deflate.compress(data) + deflate.flush())}"


def app(**more):
    return packed(json.dumps({**APP, **more}).encode())


def test_a_whole_app_is_read(page):
    request = {"method": "POST", "path": "/", "headers": "A: b", "other": 1}
    link = app(files=[["a.txt", "é"]] * 50, requests=[request] * 20)
    told = page.evaluate(READ, link)["app"]
    assert len(told["files"]) == 50
    assert told["requests"] == [{k: request[k] for k in list(request)[:3]}] * 20


NO_APP = "it is not an app of the playground"
NOT_WHOLE = "a part of it is missing"
TOO_LARGE = "it is larger than 1 MB"
BROKEN = {
    "more than 1 MB of code": (app(code="x" * 1_000_000), TOO_LARGE),
    "a gigabyte in one megabyte": (packed(b" " * 200_000_000), TOO_LARGE),
    "more than 1 MB, not packed": ("#app=0" + encoded(b" " * 1_040_000), TOO_LARGE),
    "a link that is too long": ("#app=1" + "A" * 1_400_001, TOO_LARGE),
    "51 files": (app(files=[["a", ""]] * 51), "it has 51 files, and the playground"),
    "10,000 files": (app(files=[["a", ""]] * 10_000), "it has 10000 files"),
    "21 requests": (app(requests=[{}] * 21), "it has 21 requests, and the playground"),
    "null": (packed(b"null"), NO_APP),
    "a list": (packed(b"[]"), NO_APP),
    "a number": (packed(b"7"), NO_APP),
    "a text": (packed(b'"app"'), NO_APP),
    "no parts": (packed(b"{}"), NO_APP),
    "code that is a list": (app(code=["x"]), NO_APP),
    "code that is null": (app(code=None), NO_APP),
    "files that are an object": (app(files={"a": "b"}), NO_APP),
    "a file that is null": (app(files=[None]), NO_APP),
    "a file with three parts": (app(files=[["a", "b", "c"]]), "it has 3 parts of"),
    "a file with one part": (app(files=[["a"]]), NO_APP),
    "a file that is a number": (app(files=[["a", 1]]), NO_APP),
    "no request": (app(requests=[]), NO_APP),
    "a request that is null": (app(requests=[None]), NO_APP),
    "a request that is a list": (app(requests=[[]]), NO_APP),
    "a path that is a number": (app(requests=[{"path": 1}]), NO_APP),
    "another way": (app(way="check"), NO_APP),
    "nested deeply": (packed(b'{"code":' + b"[" * 400_000), NOT_WHOLE),
    "nested deeply, and whole": (
        packed(b'{"code":' + b"[" * 400_000 + b"]" * 400_000 + b"}"),
        NO_APP,
    ),
    "no base64": ("#app=1???", NOT_WHOLE),
    "cut short": (app(code="print(1)\n" * 500)[:-20], NOT_WHOLE),
    "no JSON": (packed(b"{"), NOT_WHOLE),
    "no UTF-8": (packed(b'"\xff\xfe"'), NOT_WHOLE),
    "nothing": ("#app=", NOT_WHOLE),
    "another kind": ("#app=2AAAA", NOT_WHOLE),
    "bytes of another format": ("#app=1" + encoded(b"\xff" * 40), NOT_WHOLE),
}


@pytest.mark.canary
@pytest.mark.parametrize("kind", BROKEN)
def test_a_link_that_is_no_app_is_refused_in_words(page, kind):
    link, words = BROKEN[kind]
    told = page.evaluate(READ, link)
    assert told.get("refused", "").startswith(words), told


def test_the_keys_of_an_object_reach_no_prototype(page):
    link = packed(json.dumps(APP)[:-1].encode() + b', "__proto__": {"x": 1}}')
    assert set(page.evaluate(READ, link)["app"]) == set(APP)
    assert page.evaluate("({}).x") is None


def test_what_is_no_link_is_none(page):
    assert page.evaluate(READ, "#step-3") == {"app": None}
