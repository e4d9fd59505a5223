"""The check of a book lets a good one pass, and names what is wrong with others."""

import re
import zipfile

import pytest

from hookbook.site.book import check

PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"'
        ' version="1.0"><rootfiles><rootfile full-path="content.opf"'
        ' media-type="application/oebps-package+xml"/></rootfiles></container>'
    ),
    "content.opf": (
        '<package xmlns="http://www.idpf.org/2007/opf"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0"'
        ' unique-identifier="me"><metadata><dc:title>Book</dc:title>'
        '<dc:language>en</dc:language><dc:identifier id="me">urn:x</dc:identifier>'
        '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" properties="nav"'
        ' media-type="application/xhtml+xml"/><item id="one" href="in/one.xhtml"'
        ' media-type="application/xhtml+xml"/><item id="two" href="two.xhtml"'
        ' media-type="application/xhtml+xml"/><item id="css" href="style.css"'
        ' media-type="text/css"/><item id="ncx" href="toc.ncx"'
        ' media-type="application/x-dtbncx+xml"/></manifest><spine>'
        '<itemref idref="one"/><itemref idref="two"/></spine></package>'
    ),
    "nav.xhtml": (
        '<html xmlns="http://www.w3.org/1999/xhtml"'
        ' xmlns:epub="http://www.idpf.org/2007/ops"><head><title>C</title></head>'
        '<body><nav epub:type="toc"><ol><li><a href="in/one.xhtml">1</a></li>'
        '<li><a href="two.xhtml">2</a></li></ol></nav></body></html>'
    ),
    "in/one.xhtml": (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>1</title>'
        '<link rel="stylesheet" href="../style.css"/></head><body><p id="a">One</p>'
        '<p><a href="../two.xhtml#b">two</a> <a href="#a">here</a>'
        ' <a href="https://example.com/">out</a></p></body></html>'
    ),
    "two.xhtml": (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>2</title></head>'
        '<body><p id="b">Two</p></body></html>'
    ),
    "style.css": "p { color: black }",
    "toc.ncx": (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><head>'
        '<meta name="dtb:uid" content="urn:x"/></head></ncx>'
    ),
}


def pack(folder, parts, stored=("mimetype",)):
    path = folder / "book.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            book.writestr(name, text, kind)
    return path


def changed(name, old, new):
    assert PARTS[name].count(old) == 1, old
    return {**PARTS, name: PARTS[name].replace(old, new)}


def without(name):
    return {key: text for key, text in PARTS.items() if key != name}


def body(markup):
    return changed("two.xhtml", '<p id="b">', f'{markup}<p id="b">')


def opf(old, new):
    return changed("content.opf", old, new)


def test_a_good_book_has_no_problems(tmp_path):
    assert check.problems(pack(tmp_path, PARTS)) == []


BAD = {
    "mimetype is last": (
        {**without("mimetype"), "mimetype": PARTS["mimetype"]},
        "mimetype: is not the first entry",
    ),
    "mimetype is another": (
        {**PARTS, "mimetype": "application/zip"},
        "mimetype: is not 'application/epub+zip'",
    ),
    "no container": (without("META-INF/container.xml"), "container.xml: is not in"),
    "container names nothing": (
        changed("META-INF/container.xml", "content.opf", "other.opf"),
        "names no package",
    ),
    "package is no XML": (opf("</package>", ""), "content.opf: isn't XML"),
    "listed, not there": (without("style.css"), "lists style.css, which is not"),
    "there, not listed": ({**PARTS, "x.css": ""}, "does not list x.css"),
    "two items of one id": (opf('id="css"', 'id="two"'), "two items have the id"),
    "listed twice": (
        opf(
            "</manifest>", '<item id="z" href="style.css" media-type="a/b"/></manifest>'
        ),
        "lists style.css twice",
    ),
    "spine names nothing": (
        opf('idref="two"', 'idref="ten"'),
        "'ten' in the spine isn't a page",
    ),
    "spine names no page": (
        opf('idref="two"', 'idref="css"'),
        "'css' in the spine isn't a page",
    ),
    "spine names twice": (
        opf("</spine>", '<itemref idref="two"/></spine>'),
        "spine names two.xhtml 2 times",
    ),
    "spine is empty": (
        opf('<itemref idref="one"/><itemref idref="two"/>', ""),
        "the spine is empty",
    ),
    "no navigation": (opf(' properties="nav"', ""), "0 items are navigation, not 1"),
    "navigation without a table": (
        changed("nav.xhtml", 'epub:type="toc"', 'epub:type="lot"'),
        "0 tables of contents, not 1",
    ),
    "navigation is not complete": (
        changed("nav.xhtml", '<li><a href="two.xhtml">2</a></li>', ""),
        "nav.xhtml: doesn't link to two.xhtml",
    ),
    "contents of another book": (
        changed("toc.ncx", "urn:x", "urn:y"),
        "toc.ncx: belongs to another book",
    ),
    "version 2": (opf('version="3.0"', 'version="2.0"'), "version '2.0'"),
    "no title": (opf("<dc:title>Book</dc:title>", ""), "has no title"),
    "empty language": (opf(">en<", "> <"), "has no language"),
    "identifier of nobody": (opf('id="me"', 'id="you"'), "names no identifier"),
    "not modified": (
        opf("dcterms:modified", "dcterms:x"),
        "exactly one modification time",
    ),
    "a date of its own": (opf("T00:00:00Z", ""), "exactly one modification time"),
    "page is no XML": (body("<br>"), "two.xhtml: isn't XML"),
    "entity of HTML": (body("<p>&nbsp;</p>"), "two.xhtml: isn't XML"),
    "page is no XHTML": (
        {**PARTS, "two.xhtml": '<html><p id="b">Two</p></html>'},
        "two.xhtml: isn't XHTML",
    ),
    "two of one id": (body('<p id="b">Again</p>'), "has the id 'b' 2 times"),
    **{
        f"a {tag}": (body(f"<{tag}></{tag}>"), f"two.xhtml: has a <{tag}>")
        for tag in sorted(check.FORBIDDEN)
    },
    "a handler": (body('<p onclick="x">1</p>'), "attribute 'onclick' on a <p>"),
    "a style": (body('<p style="x:y">1</p>'), "attribute 'style' on a <p>"),
    "a stop of the keyboard": (body('<p tabindex="0">1</p>'), "'tabindex' on a <p>"),
    "image without words": (
        body('<img src="style.css"/>'),
        "no alt text for the image",
    ),
    "image of another host": (
        body('<img alt="" src="https://example.com/a.png"/>'),
        "loads https://example.com/a.png from another host",
    ),
    "page for programs": ({**PARTS, "two.md": "# Two"}, "two.md: is for programs"),
    "list for programs": ({**PARTS, "llms.txt": ""}, "llms.txt: is for programs"),
    "data for programs": (
        {
            **PARTS,
            "two.xhtml": PARTS["two.xhtml"].replace(
                "</head>", '<script type="application/ld+json">{}</script></head>'
            ),
        },
        "two.xhtml: has a <script>",
    ),
    "way to a page for programs": (
        {
            **PARTS,
            "two.xhtml": PARTS["two.xhtml"].replace(
                "</head>", '<link rel="alternate" href="two.md"/></head>'
            ),
        },
        "two.xhtml: loads two.md, which is not in the book",
    ),
    "image that is missing": (
        body('<img alt="" src="a.png"/>'),
        "loads a.png, which is not in the book",
    ),
    "style of another host": (
        {**PARTS, "style.css": '@import "//example.com/a.css";'},
        "style.css: loads //example.com/a.css from another host",
    ),
    "font that is missing": (
        {**PARTS, "style.css": "p { src: url('a.woff') }"},
        "style.css: loads a.woff, which",
    ),
    "link to no page": (body('<a href="three.xhtml">3</a>'), "which isn't a page"),
    "link to a style": (body('<a href="style.css">3</a>'), "which isn't a page"),
    "link to no place": (
        body('<a href="in/one.xhtml#z">3</a>'),
        "an anchor that doesn't exist",
    ),
    "link to no place here": (
        body('<a href="#z">3</a>'),
        "#z, an anchor that doesn't exist",
    ),
    "link to the root": (body('<a href="/two.xhtml">3</a>'), "isn't a valid address"),
    "link that runs": (body('<a href="javascript:x">3</a>'), "isn't a valid address"),
}


@pytest.mark.canary
@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_named(tmp_path, fault):
    parts, said = BAD[fault]
    found = check.problems(pack(tmp_path, parts))
    assert [problem for problem in found if said in problem] != [], found


@pytest.mark.canary
def test_a_packed_mimetype_is_named(tmp_path):
    found = check.problems(pack(tmp_path, PARTS, stored=()))
    assert found == ["mimetype: is compressed, or has extra fields"]


@pytest.mark.canary
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_part_that_is_there_twice_is_named(tmp_path):
    path = pack(tmp_path, PARTS)
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("style.css", "")
    assert check.problems(path) == ["style.css: is in the archive 2 times"]


@pytest.mark.canary
def test_what_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "book.epub"
    path.write_text("Once upon a time")
    with pytest.raises(SystemExit, match=re.escape(f"{path}: File is not a zip file")):
        check.main(path)


def test_a_good_book_is_counted(tmp_path, capsys):
    check.main(pack(tmp_path, PARTS))
    assert "book.epub: 3 pages" in capsys.readouterr().out
