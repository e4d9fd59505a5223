"""Pack the built site into one archive for offline reading: ``make zip``.

The pages, including the search, work from ``file://``. Files that only a server reads
are left out. The same files give the same bytes, whenever they are packed.
"""

import os
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

FOR_SERVERS = {".buildinfo", "404.html", "_headers", "objects.inv", "sitemap.xml"}
"""Files at the top of the site that aren't needed offline."""
EARLIEST = 315532800
"""The first second that a ZIP archive can store, since the epoch: 1980-01-01."""
START = "index.html"


def moment() -> tuple[int, int, int, int, int, int]:
    """Return the date of every entry: ``SOURCE_DATE_EPOCH`` in UTC, or 1980."""
    told = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), EARLIEST))
    return told[:6]


def add(
    archive: zipfile.ZipFile, name: str, content: bytes, *, packed: bool = True
) -> None:
    """Write one entry, without an owner; `packed` compresses it."""
    entry = zipfile.ZipInfo(name, moment())
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    archive.writestr(entry, content, compress_type=kind, compresslevel=9)


def offline(site: Path) -> list[Path]:
    """Return the files below `site` that are needed offline, in a fixed order."""
    found = (path.relative_to(site) for path in site.rglob("*") if path.is_file())
    return sorted(name for name in found if name.as_posix() not in FOR_SERVERS)


def pack(site: Path, target: Path, names: Iterable[Path]) -> None:
    """Pack `names` below `site` into `target`, under one folder of its name."""
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            place = f"{target.stem}/{name.as_posix()}"
            add(archive, place, (site / name).read_bytes())


def main(site: Path, target: Path) -> None:
    """Pack the site, or exit if there is none."""
    if not (site / START).is_file():
        sys.exit(f"{site / START}: there is no site; run 'make html-strict' first")
    pack(site, target, offline(site))
    size = target.stat().st_size / 1e6
    print(f"{target}: {size:.1f} MB; unpack it and open {target.stem}/{START}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
