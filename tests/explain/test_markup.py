"""A trace that a report shows is, as HTML, the trace on the page."""

import pickle

import html5lib
from docutils import nodes

from hookbook.explain.boxes import box
from hookbook.explain.markup import html


def traces_of(page):
    """Return the traces in the HTML of a page, or of a part of one."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    found = (
        e for e in tree.iter("section") if "hb-trace" in e.get("class", "").split()
    )
    return [normal(section) for section in found]


def normal(element):
    """Return an element as plain data, without what only a whole page has.

    The caption names the file and the versions there; a table has a link to itself
    and a number for an id.
    """
    children = [normal(child) for child in element if kept(child)]
    attributes = dict(element.attrib)
    attributes["class"] = sorted(attributes.get("class", "").split())
    if element.tag == "table":
        attributes.pop("id", None)
    tails = [(child.tail or "").strip() for child in element if kept(child)]
    text = element.text or ""
    return element.tag, attributes, text.strip(), children, tails


def kept(element):
    return element.tag != "figcaption" and element.get("class") != "headerlink"


def without_captions(section):
    section = section.deepcopy()
    for caption in list(section.findall(box)):
        if caption["tag"] == "figcaption":
            caption.parent.remove(caption)
    return section


def test_every_trace_of_the_site_is_the_same_in_the_browser(site):
    compared = 0
    for file in sorted((site.parent / "doctrees").rglob("*.doctree")):
        with file.open("rb") as stream:
            doctree = pickle.load(stream)
        sections = [b for b in doctree.findall(box) if "hb-trace" in b["classes"]]
        if not sections:
            continue
        name = file.relative_to(site.parent / "doctrees").with_suffix(".html")
        page = traces_of((site / name).read_text(encoding="utf-8"))
        assert len(page) == len(sections), name
        for there, section in zip(page, sections, strict=True):
            (own,) = traces_of(html(without_captions(section)))
            assert own == there, name
            compared += 1
    assert compared >= 10


def test_text_is_escaped():
    text = nodes.paragraph("", "", nodes.literal("", '<b> & "c"'), nodes.Text("<i>"))
    assert html(text) == (
        '<p><code class="docutils literal notranslate"><span class="pre">&lt;b&gt;'
        '</span> <span class="pre">&amp;</span> <span class="pre">"c"</span></code>'
        "&lt;i&gt;</p>"
    )


def test_an_attribute_is_escaped():
    section = box("section", classes=["hb-trace"])
    section["data"] = {"data-trace": '"><script>'}
    assert html(section) == (
        '<section class="hb-trace" data-trace="&quot;&gt;&lt;script&gt;"></section>\n'
    )
