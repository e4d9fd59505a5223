"""Write sitemap.xml: every page of the sources, in a fixed order.

sphinx-sitemap lists only the pages that a build has written, so an incremental build
would lose the others, and it starts a process in every build.
"""

from xml.etree import ElementTree

from sphinx.application import Sphinx

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Write the sitemap of a finished HTML build that has a base address."""
    base = app.config.html_baseurl
    if exception or not base or app.builder.name not in {"html", "dirhtml"}:
        return
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for docname in sorted(app.env.found_docs):
        url = ElementTree.SubElement(root, "url")
        address = base.rstrip("/") + "/" + app.builder.get_target_uri(docname)
        ElementTree.SubElement(url, "loc").text = address
    tree = ElementTree.ElementTree(root)
    ElementTree.indent(tree)
    tree.write(app.outdir / "sitemap.xml", encoding="utf-8", xml_declaration=True)


def setup(app: Sphinx) -> None:
    """Register the writer."""
    app.connect("build-finished", write_sitemap)
