"""What a reader wrote can do no harm: it reaches nothing outside its worker."""

import pytest

from hookbook.site.headers import POLICY

from . import runner
from .runner import GET, HELLO
from .server import serve

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "module",
    ["js", "pyodide", "pyodide_js", "pyodide.http", "pyodide.code", "pyodide.ffi",
     "_pyodide", "_pyodide_core", "_pyodide._base", "micropip"],
)  # fmt: skip
def test_no_module_leads_out_of_python(live, module):
    assert live.raises(f"import {module}") == (
        f"ImportError: '{module.partition('.')[0]}' is not available here: code on this"
        " page cannot leave Python"
    )


def test_no_address_can_be_opened(live):
    message = live.raises(
        "import urllib.request\nurllib.request.urlopen('http://localhost/')"
    )
    assert "sockets do not exist in the browser" in message


TAKEN = (
    "fetch XMLHttpRequest WebSocket WebSocketStream WebTransport EventSource"
    " importScripts indexedDB caches localStorage sessionStorage cookieStore Worker"
    " SharedWorker BroadcastChannel MessageChannel MessagePort postMessage close"
    " navigator location FontFace fonts Request Response Headers FileReaderSync"
    " webkitRequestFileSystem webkitRequestFileSystemSync RTCPeerConnection"
    " ServiceWorkerRegistration Notification StorageManager onmessage"
).split()


EXPECTED_LANGUAGE = set(
    "AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array"
    " BigUint64Array Boolean DataView Date DisposableStack Error EvalError"
    " FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity"
    " Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object"
    " Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer"
    " String SuppressedError Symbol SyntaxError Temporal TextDecoder TextEncoder"
    " TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap"
    " WeakRef WeakSet WebAssembly".split()
)


@pytest.fixture(scope="module")
def probed(visit, site, address):
    """Return a worker whose own JavaScript looks around."""
    runner.require(site)
    with runner.running(visit, address, probed=True) as started:
        started.ready()
        yield started


def test_what_the_worker_has_lost(probed):
    assert probed.probe("kinds", TAKEN) == [f"{name} is gone" for name in TAKEN]


def test_what_is_taken_was_there(visit, site, address):
    """Show that the probe finds what nobody took away: before Python is loaded."""
    runner.require(site)
    with runner.running(visit, address, probed=True) as started:
        found = started.probe("kinds", TAKEN)
        assert "fetch is a function" in found
        assert sum(not line.endswith("is gone") for line in found) > 20


def test_nothing_but_the_language_is_left_to_the_worker(probed):
    language = {name for name in probed.probe("left") if name[0].isupper()}
    # The last two are numbers that Chromium does not let go of.
    assert language - EXPECTED_LANGUAGE <= {"PERSISTENT", "TEMPORARY"}
    assert set(probed.probe("left")) - language == {
        "clearInterval", "clearTimeout", "console", "constructor", "crypto",
        "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape",
        "globalThis", "isFinite", "isNaN", "parseFloat", "parseInt", "performance",
        "queueMicrotask", "self", "setInterval", "setTimeout", "unescape",
    }  # fmt: skip


def test_the_worker_cannot_make_code_of_text(probed):
    assert probed.probe("compiled") == "EvalError"


def test_the_sites_own_policy_keeps_it_from_starting(visit, site):
    runner.require(site)
    with (
        serve(site, worker_policy=POLICY) as address,
        runner.running(visit, address) as started,
    ):
        told = started.told("ready")
        assert (told["type"], told["reason"]) == ("failed", "policy")


def test_the_page_itself_may_not_compile(live):
    compiled = live.page.evaluate(
        """() => {
          try {
            new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
            return "compiled";
          } catch (error) { return error.name; }
        }"""
    )
    assert compiled == "CompileError"


def test_missing_assets_are_told(own):
    own.ready()
    own.page.evaluate(
        """() => {
          const meta = document.querySelector('meta[name="hookbook-runner"]');
          meta.content = meta.content.replace(/assets=\\w+/, "assets=0000");
        }"""
    )
    own.start()
    told = own.told("ready")
    assert (told["reason"], told["file"]) == ("missing", "about.json")


def test_it_runs_offline_after_the_first_load(own):
    own.ready()
    own.page.context.set_offline(True)
    assert own.scenario(HELLO, GET)["stdout"] == "Hello!\n"
    own.stop()
    own.start()
    assert own.scenario(HELLO, GET)["stdout"] == "Hello!\n"


def test_a_file_that_is_missing_is_told(own):
    """Pyodide itself would wait for it for ever."""
    own.ready()
    own.page.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const store = await caches.open(name);
            for (const key of await store.keys())
              if (key.url.endsWith(".wasm")) await store.delete(key);
          }
        }"""
    )
    own.page.context.route("**/*.wasm", lambda route: route.abort())
    own.start()
    told = own.told("ready")
    assert (told["reason"], told["file"]) == ("network", "pyodide.asm.wasm")


LOGIN = "<!doctype html><title>Log in</title>"


@pytest.mark.canary
@pytest.mark.parametrize("file", ["about.json", "packages.zip", "pyodide.mjs"])
@pytest.mark.parametrize("kind", ["replaced", "short"])
def test_a_file_that_is_another_is_told(visit, site, address, file, kind):
    """As a network's login page would be, with 200 OK; and the next start works."""
    runner.require(site)

    def instead(route):
        whole = route.fetch().body()
        body = LOGIN * (len(whole) // len(LOGIN) + 1)
        route.fulfill(status=200, body=body if kind == "replaced" else whole[:-1])

    with visit(f"{address}after-request/visualize.html") as watch:
        watch.page.context.route(f"**/{file}*", instead)
        started = runner.Runner(watch.page)
        told = started.told("ready")
        said = "replaced" if file == "about.json" else kind
        assert (told["type"], told["reason"], told["file"]) == ("failed", said, file)
        watch.page.context.unroute(f"**/{file}*")


def test_nothing_is_loaded_until_it_is_asked_for(visit, address):
    with visit(f"{address}after-request/visualize.html", until="networkidle") as watch:
        assert [url for url in watch.requests if "/runner/" in url] == []


def test_nothing_comes_from_another_host(visit, site, address):
    runner.require(site)
    with visit(f"{address}after-request/visualize.html") as watch:
        runner.Runner(watch.page).scenario(HELLO, GET)
        assert {url.split("/")[2] for url in watch.requests} == {address.split("/")[2]}
