"""Build the folder that a reader's browser loads: ``make assets``.

It has Pyodide's own files as npm installed them, its standard library and the
installed distributions compiled, all below ``build/assets/HASH``; the hash is of the
content. Extensions come from the wheels locked in ``extensions.txt``, each in its own
archive. The editor's CodeMirror is one script (:mod:`hookbook.browser.bundle`).
``about.json`` has the size and the digest of each file. Sphinx copies the folder into
the site (:mod:`hookbook.site.reader_python`).
"""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import tomllib

from .bundle import bundle

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ASSETS = ROOT / "build" / "assets"
SOURCES = ROOT / "src"

ENGINE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
# Complete packages: what a reader's code may import.
WHOLE = (
    "Flask", "Werkzeug", "Jinja2", "MarkupSafe", "itsdangerous", "click", "blinker",
    "asgiref",
)  # fmt: skip
# Of these, only what Hookbook's own modules import.
PARTS = ("pytest_sphinx", "hookbook")
SEEDS = (
    "import hookbook.browser.messages, hookbook.browser.sandbox, asgiref.sync,"
    " pytest_sphinx"
)
# Where Python finds the archives in the browser, and how far each is optimised: the
# standard library loses its docstrings, a fifth of its size.
PLACES = {
    "python_stdlib": ("/lib/python314.zip", 2),
    "packages": ("/lib/packages.zip", 0),
}
# Modules whose lines are shown in a traceback.
WITH_SOURCE = ("flask/",)
# Parts of the standard library that no one needs in a browser.
LEFT_OUT = (
    "__phello__/", "ensurepip/", "multiprocessing/", "pydoc_data/",
    "turtledemo/", "venv/",
)  # fmt: skip


def imported() -> list[Path]:
    """Return the files of :data:`PARTS` that the browser's modules import."""
    script = (
        f"import sys; sys.path.insert(0, {str(SOURCES)!r}); {SEEDS}\n"
        "for module in sys.modules.values():\n"
        "    print(getattr(module, '__name__', ''), getattr(module, '__file__', ''))"
    )
    listed = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    pairs = (line.split(" ", 1) for line in listed.stdout.splitlines())
    return [Path(file) for name, file in pairs if name.partition(".")[0] in PARTS]


def base_of(file: Path) -> Path:
    """Return the folder from which `file` is imported."""
    while (file.parent / "__init__.py").exists():
        file = file.parent
    return file.parent


def place(content: bytes, target: Path) -> None:
    """Write `content`, and create the folders above it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def name_modules(folder: Path, info: str, files: Iterable[str]) -> None:
    """Write the modules of a distribution: none of its files is there by name."""
    tops = {
        name.partition("/")[0].removesuffix(".py")
        for name in files
        if name.endswith(".py")
    }
    text = "".join(f"{top}\n" for top in sorted(tops))
    place(text.encode(), folder / info / "top_level.txt")


def gather(folder: Path) -> dict[str, str]:
    """Copy the pure Python of the distributions to `folder`; return the versions."""
    versions = {}
    for name in WHOLE:
        dist: Distribution = distribution(name)
        versions[dist.metadata["Name"].lower()] = dist.version
        for file in dist.files or []:
            if file.suffix == ".py" and "tests" not in file.parts:
                place(Path(str(dist.locate_file(file))).read_bytes(), folder / file)
        named = f"Name: {dist.metadata['Name']}\nVersion: {dist.version}\n"
        info = f"{name.lower()}-{dist.version}.dist-info"
        place(f"Metadata-Version: 2.1\n{named}".encode(), folder / info / "METADATA")
        name_modules(folder, info, map(str, dist.files or []))
    for module in imported():
        place(module.read_bytes(), folder / module.relative_to(base_of(module)))
    return versions


def gather_extensions(wheels: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """Unpack the wheels of each archive to `folder`; return the archives' contents.

    :raises SystemExit: if a distribution in ``extensions.toml`` has no wheel.
    """
    found = {}
    for wheel in wheels.glob("*.whl"):
        name, version, *_ = wheel.name.split("-")
        found[name.lower().replace("_", "-")] = version, wheel
    known = {}
    listed = tomllib.loads((HERE / "extensions.toml").read_text("utf-8"))
    for title, entry in listed.items():
        packed = {}
        for name in entry["distributions"]:
            if name not in found:
                sys.exit(f"{HERE / 'extensions.toml'}: no wheel of {name} in {wheels}")
            version, wheel = found[name]
            packed[name] = version
            here = folder / entry["archive"]
            with zipfile.ZipFile(wheel) as archive:
                members = archive.namelist()
                for inside in members:
                    if _kept(inside):
                        place(archive.read(inside), here / inside)
            (info,) = {x.partition("/")[0] for x in members if ".dist-info/" in x}
            name_modules(here, info, members)
        known[entry["archive"]] = {
            "title": title, "modules": entry["modules"],
            "needs": entry.get("needs", []), "versions": packed,
        }  # fmt: skip
    return known


def _kept(inside: str) -> bool:
    """Return whether a browser needs this file of a wheel: code, data, authors."""
    folder, _, name = inside.partition("/")
    if folder.endswith(".dist-info"):
        return name == "METADATA"
    tests = {"tests", "testing", "mypy"} & set(Path(inside).parts)
    return not tests and not inside.endswith(("/", ".pyi", ".pyx", ".c", ".po"))


def megabytes(folder: Path) -> int:
    """Return the megabytes that the first run loads from a host that compresses."""
    sizes = (
        len(gzip.compress(path.read_bytes()))
        for path in folder.iterdir()
        if not path.name.startswith(("extension-", "codemirror"))
    )
    return round(sum(sizes) / 1e6)


def make(engine: Path, node: str, wheels: Path) -> Path:
    """Build the folder; return its path."""
    with tempfile.TemporaryDirectory(prefix="hookbook-assets-") as temporary:
        packing, result = Path(temporary, "packing"), Path(temporary, "result")
        result.mkdir()
        library = packing / "python_stdlib"
        with zipfile.ZipFile(engine / "python_stdlib.zip") as archive:
            kept = [n for n in archive.namelist() if not n.startswith(LEFT_OUT)]
            archive.extractall(library, kept)
        versions = gather(packing / "packages")
        extensions = gather_extensions(wheels, packing)
        places = PLACES | {name: (f"/lib/{name}.zip", 0) for name in extensions}
        place(json.dumps(places).encode(), packing / "places.json")
        place(json.dumps(WITH_SOURCE).encode(), packing / "sources.json")
        subprocess.run([node, HERE / "compile.mjs", engine, packing], check=True)
        for name in ENGINE:
            shutil.copyfile(engine / name, result / name)
        for name in places:
            shutil.copyfile(packing / f"{name}.zip", result / f"{name}.zip")
        editor = bundle(engine.parent, node, result)
        # The list of further packages that Pyodide could load: none.
        lock = json.loads((engine / "pyodide-lock.json").read_text())
        place(
            json.dumps({**lock, "packages": {}}).encode(), result / "pyodide-lock.json"
        )
        package = json.loads((engine / "package.json").read_text())
        about = {
            "python": lock["info"]["python"],
            "pyodide": package["version"],
            "licence": "Pyodide: MPL-2.0; CPython: PSF-2.0; CodeMirror: MIT;"
            " packages: their own",
            "versions": versions,
            "editor": editor,
            "megabytes": megabytes(result),
            "extensions": extensions,
            "files": {
                path.name: {
                    "size": path.stat().st_size,
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                }
                for path in sorted(result.iterdir())
            },
        }
        place(json.dumps(about, indent=1).encode(), result / "about.json")
        digest = hashlib.sha256()
        for path in sorted(result.iterdir()):
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode() + content)
        final = ASSETS / digest.hexdigest()[:16]
        # One at a time: a build publishes everything it finds there.
        shutil.rmtree(ASSETS, ignore_errors=True)
        ASSETS.mkdir(parents=True)
        shutil.move(result, final)
    return final


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    size = sum(path.stat().st_size for path in made.iterdir())
    print(f"{made.relative_to(ROOT)}: {size / 1e6:.1f} MB")
