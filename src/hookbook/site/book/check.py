"""Find errors in a book: its container, its list of parts, its pages.

Less than EPUBCheck, which needs Java: errors that break a reading system, and what a
book of Hookbook must not have: scripts, controls, files of other hosts.
"""

import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

MIMETYPE = b"application/epub+zip"
CONTAINER = "META-INF/container.xml"
PAGE = "application/xhtml+xml"

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"

FORBIDDEN = frozenset(
    "audio button details dialog embed form iframe input object script select style"
    " summary svg textarea video".split()
)
"""Elements that run, ask, hide or draw something, which a book doesn't have."""
FOR_PROGRAMS = (".md", ".txt", ".json", ".jsonld")
"""Suffixes of files that the site has for programs, and a book does not."""
RESOURCES = {"img": "src", "link": "href", "source": "src", "image": "href"}
_IN_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


class Book:
    """An opened EPUB and the parts found in it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = [entry.filename for entry in archive.infolist()]
        self.opf = ""
        self.types: dict[str, str] = {}
        """Media type by path, as listed in the package."""
        self.spine: list[str] = []
        self.pages: dict[str, ElementTree.Element] = {}

    def parse(self, name: str) -> ElementTree.Element:
        """Return the root of a part.

        :raises ValueError: with the reason why it cannot be read.
        """
        try:
            return ElementTree.fromstring(self.archive.read(name))
        except KeyError:
            raise ValueError(f"{name}: is not in the archive") from None
        except ElementTree.ParseError as error:
            raise ValueError(f"{name}: isn't XML: {error}") from None


def problems(path: Path) -> list[str]:
    """Return what is wrong with the book at `path`, one sentence each."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = Book(archive)
            found = [*_container(book), *_package(book)]
            for name, kind in book.types.items():
                if kind == PAGE and name in book.names:
                    try:
                        book.pages[name] = book.parse(name)
                    except ValueError as error:
                        found.append(str(error))
            for name, page in book.pages.items():
                found += [f"{name}: {problem}" for problem in _page(book, name, page)]
            return [*found, *_styles(book)]
    except (zipfile.BadZipFile, ValueError) as error:
        return [str(error)]


def _container(book: Book) -> Iterator[str]:
    first = book.archive.infolist()[0] if book.names else None
    if first is None or first.filename != "mimetype":
        yield "mimetype: is not the first entry of the archive"
    elif first.compress_type != zipfile.ZIP_STORED or first.extra:
        yield "mimetype: is compressed, or has extra fields"
    elif book.archive.read(first) != MIMETYPE:
        yield f"mimetype: is not {MIMETYPE.decode()!r}"
    for name, count in Counter(book.names).items():
        if count > 1:
            yield f"{name}: is in the archive {count} times"
    root = book.parse(CONTAINER).find(f".//{OCF}rootfile")
    if root is None or root.get("full-path") not in book.names:
        raise ValueError(f"{CONTAINER}: names no package that exists")
    book.opf = str(root.get("full-path"))


def _package(book: Book) -> Iterator[str]:
    package = book.parse(book.opf)
    yield from (f"{book.opf}: {problem}" for problem in _metadata(package))
    items = package.findall(f"{OPF}manifest/{OPF}item")
    by_id: dict[str, str] = {}
    navs = []
    for item in items:
        key, name = str(item.get("id")), _resolve(book.opf, str(item.get("href")))
        if key in by_id:
            yield f"{book.opf}: two items have the id {key!r}"
        if name in book.types:
            yield f"{book.opf}: lists {name} twice"
        by_id[key], book.types[name] = name, str(item.get("media-type"))
        if name not in book.names:
            yield f"{book.opf}: lists {name}, which is not in the archive"
        if "nav" in str(item.get("properties", "")).split():
            navs.append(name)
    unlisted = {n for n in book.names if not n.startswith("META-INF/")}
    unlisted -= {"mimetype", book.opf, *book.types}
    yield from (f"{book.opf}: does not list {name}" for name in sorted(unlisted))
    for name in book.names:
        if name.endswith(FOR_PROGRAMS):
            yield f"{name}: is for programs, not for a book's readers"
    for reference in package.findall(f"{OPF}spine/{OPF}itemref"):
        name = by_id.get(str(reference.get("idref")), "")
        if book.types.get(name) != PAGE:
            yield f"{book.opf}: {reference.get('idref')!r} in the spine isn't a page"
        book.spine.append(name)
    if not book.spine:
        yield f"{book.opf}: the spine is empty"
    for name, count in Counter(book.spine).items():
        if count > 1:
            yield f"{book.opf}: the spine names {name} {count} times"
    if len(navs) != 1:
        yield f"{book.opf}: {len(navs)} items are navigation, not 1"
    for name in navs:
        yield from _navigation(book, name)
    identifiers = {i.text for i in package.iter(f"{DC}identifier")}
    for name, kind in book.types.items():
        if kind == "application/x-dtbncx+xml" and name in book.names:
            metas = book.parse(name).iter(f"{NCX}meta")
            if {m.get("content") for m in metas if m.get("name") == "dtb:uid"} != (
                identifiers
            ):
                yield f"{name}: belongs to another book: its dtb:uid differs"


def _metadata(package: ElementTree.Element) -> Iterator[str]:
    if package.get("version") != "3.0":
        yield f"version {package.get('version')!r} instead of '3.0'"
    for name in "title", "language", "identifier":
        told = package.find(f"{OPF}metadata/{DC}{name}")
        if told is None or not (told.text or "").strip():
            yield f"has no {name}"
    identifiers = package.findall(f"{OPF}metadata/{DC}identifier")
    if package.get("unique-identifier") not in {i.get("id") for i in identifiers}:
        yield "its unique-identifier names no identifier"
    metas = package.findall(f"{OPF}metadata/{OPF}meta")
    modified = [m.text for m in metas if m.get("property") == "dcterms:modified"]
    if len(modified) != 1 or not re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", modified[0] or ""
    ):
        yield "doesn't have exactly one modification time in UTC"


def _navigation(book: Book, name: str) -> Iterator[str]:
    if name not in book.names:
        return
    tables = [
        nav
        for nav in book.parse(name).iter(f"{XHTML}nav")
        if nav.get(f"{OPS}type") == "toc"
    ]
    if len(tables) != 1:
        yield f"{name}: {len(tables)} tables of contents, not 1"
    links = [a.get("href", "") for nav in tables for a in nav.iter(f"{XHTML}a")]
    reached = {_resolve(name, link) for link in links}
    for page in book.spine:
        if page not in reached:
            yield f"{name}: doesn't link to {page}"


def _page(book: Book, name: str, page: ElementTree.Element) -> Iterator[str]:
    if page.tag != f"{XHTML}html":
        yield "isn't XHTML"
    for key, count in Counter(_ids(page)).items():
        if count > 1:
            yield f"has the id {key!r} {count} times"
    for element in page.iter():
        tag = str(element.tag).removeprefix(XHTML)
        if tag in FORBIDDEN:
            yield f"has a <{tag}>"
        for attribute in element.attrib:
            if attribute.startswith("on") or attribute in {"style", "tabindex"}:
                yield f"has the attribute {attribute!r} on a <{tag}>"
        if tag == "img" and element.get("alt") is None:
            yield f"has no alt text for the image {element.get('src')}"
        if source := element.get(RESOURCES.get(tag, "")):
            yield from _resource(book, name, source)
        if tag == "a" and (link := element.get("href")) is not None:
            yield from _link(book, name, link)


def _ids(page: ElementTree.Element) -> Iterator[str]:
    return (str(e.get("id")) for e in page.iter() if e.get("id") is not None)


def _resource(book: Book, name: str, source: str) -> Iterator[str]:
    parts = urlsplit(source)
    if parts.scheme == "data":
        return
    if parts.scheme or parts.netloc:
        yield f"loads {source} from another host"
    elif _resolve(name, source) not in book.types:
        yield f"loads {source}, which is not in the book"


def _link(book: Book, name: str, link: str) -> Iterator[str]:
    parts = urlsplit(link)
    if parts.scheme in {"http", "https", "mailto"}:
        return
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        yield f"links to {link}, which isn't a valid address"
        return
    target = _resolve(name, link)
    if target not in book.pages or (target not in book.spine and target != name):
        yield f"links to {link}, which isn't a page of the book"
    elif parts.fragment and unquote(parts.fragment) not in _ids(book.pages[target]):
        yield f"links to {link}, an anchor that doesn't exist"


def _styles(book: Book) -> Iterator[str]:
    for name, kind in book.types.items():
        if kind != "text/css" or name not in book.names:
            continue
        for found in _IN_CSS.findall(book.archive.read(name).decode("utf-8")):
            for problem in _resource(book, name, found[0] or found[1]):
                yield f"{name}: {problem}"


def _resolve(name: str, link: str) -> str:
    """Return the path in the archive that `link` in the part `name` refers to."""
    path = unquote(urlsplit(link).path)
    return normpath(join(dirname(name), path)) if path else name


def main(path: Path) -> None:
    """Check a book; print its size, or what is wrong."""
    if found := problems(path):
        sys.exit("\n".join(f"{path}: {problem}" for problem in found))
    with zipfile.ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.endswith(".xhtml")]
    print(f"{path}: {len(pages)} pages, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
