"""Results such as ``make matrix`` leaves, for the pages of a fixture site."""

from xml.etree import ElementTree

from hookbook.corpus import evidence

SNIPPETS = ("good/hello", "good/visits", "other/hello")
NAMES = ("test_known", *(f"snippets.{name.replace('/', '.')}" for name in SNIPPETS))


def leave(
    project, flask, *, names=NAMES, bad=(), tag="failure", sources=None, name="",
    lock="",
):  # fmt: skip
    """Leave the results that a run on `flask` would leave."""
    suite = ElementTree.Element("testsuite")
    properties = ElementTree.SubElement(suite, "properties")
    for key, value in {
        "flask": flask,
        "werkzeug": "3.0",
        "python": "3.11.0",
        "sources": sources or evidence.sources(project.root),
        "lock": lock,
    }.items():
        ElementTree.SubElement(properties, "property", name=key, value=value)
    for test in names:
        where = "tests.behaviour.test_claims" if test.startswith("test_") else test
        case = ElementTree.SubElement(suite, "testcase", name=test, classname=where)
        if test in bad:
            ElementTree.SubElement(case, tag)
    path = f"build/matrix/{name or flask}/junit.xml"
    project.write(path, ElementTree.tostring(suite, encoding="unicode"))
