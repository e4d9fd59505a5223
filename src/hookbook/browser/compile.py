"""Compile the modules for the browser, with the browser's own interpreter.

Runs inside Pyodide, started by ``compile.mjs``. Each folder ``/mnt/packing/NAME``
becomes ``NAME.zip``; ``/mnt/packing/places.json`` says where it is imported from.
A file listed in ``sources.json`` keeps its source beside it, for tracebacks.
The same files give the same bytes.
"""

import importlib.util
import io
import json
import marshal
import zipfile
from pathlib import Path

PACKING = Path("/mnt/packing")
# Python needn't check whether the source has changed: there is none.
UNCHECKED = (1).to_bytes(4, "little")
DAY = (1980, 1, 1, 0, 0, 0)


def compiled(source: bytes, filename: str, optimize: int) -> bytes:
    """Return the content of a ``.pyc`` file."""
    code = compile(source, filename, "exec", dont_inherit=True, optimize=optimize)
    # Marshal twice: reference counts must not affect the bytes.
    data = marshal.dumps(marshal.loads(marshal.dumps(code)))
    digest = importlib.util.source_hash(source)
    return importlib.util.MAGIC_NUMBER + UNCHECKED + digest + data


def pack(name: str, place: str, optimize: int, with_source: list[str]) -> None:
    """Write ``NAME.zip``: compiled modules, and other files unchanged."""
    content = {}
    for path in sorted((PACKING / name).rglob("*")):
        if path.is_dir():
            continue
        inside = path.relative_to(PACKING / name).as_posix()
        data = path.read_bytes()
        if path.suffix == ".py":
            content[f"{inside}c"] = compiled(data, f"{place}/{inside}", optimize)
            if not inside.startswith(tuple(with_source)):
                continue
        content[inside] = data
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for inside, data in sorted(content.items()):
            entry = zipfile.ZipInfo(inside, DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    (PACKING / f"{name}.zip").write_bytes(packed.getvalue())


places = json.loads((PACKING / "places.json").read_text())
sources = json.loads((PACKING / "sources.json").read_text())
for name, (place, optimize) in places.items():
    pack(name, place, optimize, sources)
