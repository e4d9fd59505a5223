"""Sphinx's configuration: every warning is shown, and none is expected."""

import ast
import re

from tests.house.gates.text import Text

# What each must be: a longer list hides pages or names from the build.
REQUIRED = {
    "nitpicky": True,
    "exclude_patterns": ["_*"],
    "hookbook_require_description": True,
    "hookbook_claims": "docs/_data/claims.toml",
    "hookbook_style": "docs/_data/style.toml",
}
EXTENSIONS = ("hookbook.site", "hookbook.site.assets", "hookbook.site.inventories")
SILENT = (
    r"suppress_warnings|nitpick_ignore(_regex)?|show_warning_types|keep_warnings"
    r"|linkcheck_\w*ignore\w*|linkcheck_anchors\w*"
)
MODULES = ("logging", "warnings", "sphinx.util.logging")


def findings(house):
    """Return what silences the build of the pages."""
    conf = Text(house, "conf.py")
    tree = ast.parse(conf.text)
    values = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            targets = getattr(node, "targets", None) or [node.target]
            for target in targets:
                values.setdefault(ast.unparse(target), []).append(node)
    for name, nodes in values.items():
        if re.fullmatch(SILENT, name):
            yield conf.says(
                nodes[0].lineno,
                f"{name} silences warnings: remove it, and fix what they name",
            )
    for name, wanted in REQUIRED.items():
        nodes = values.get(name, [])
        if [literal(node.value) for node in nodes] != [wanted]:
            yield conf.says(
                nodes[-1].lineno if nodes else 1,
                f"{name} is not {wanted!r}: set it to that, once",
            )
    listed = [literal(node.value) or [] for node in values.get("extensions", [])]
    for name in EXTENSIONS:
        if len(listed) != 1 or name not in listed[0]:
            yield conf.says("^extensions", f"no extension '{name}': its checks are off")
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [f"{getattr(node, 'module', '')}.{a.name}" for a in node.names]
            for name in names:
                if name.strip(".").startswith(MODULES):
                    yield conf.says(
                        node.lineno,
                        f"'{ast.unparse(node)}' can filter warnings: remove it",
                    )
        elif isinstance(node, ast.FunctionDef):
            yield conf.says(
                node.lineno,
                f"{node.name}() is code in the configuration: move it to"
                " src/hookbook/site, where it is tested",
            )
    for path in sorted((house / "src").rglob("*.py")):
        module = Text(house, path.relative_to(house).as_posix())
        for number, line in enumerate(module.lines, start=1):
            if found := re.search(rf"\b({SILENT})\b", line):
                yield module.says(
                    number,
                    f"{found[1]} silences warnings: remove it, and fix what they name",
                )


def literal(node):
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
