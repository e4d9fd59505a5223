"""The rooms of ``src/hookbook``: who imports whom, and a drawing of them.

``python -m tests.house.rooms`` (``make rooms``) draws them into CONTRIBUTING.md.
"""

import ast
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "hookbook"

KNOWS = {
    "site": {"browser", "corpus", "explain", "trace"},
    "browser": {"corpus", "explain", "trace"},
    "corpus": {"trace"},
    "cli": {"explain", "trace"},
    "explain": {"trace"},
    "trace": set(),
}
"""The rooms from top to bottom, and those that each may import."""
LIBRARIES = {
    "site": None,
    "browser": {"asgiref", "flask", "pytest", "pytest_sphinx", "werkzeug"},
    "corpus": {"pytest", "pytest_sphinx"},
    "cli": {"click", "docutils", "flask", "pygments", "werkzeug"},
    "explain": {"docutils", "pygments"},
    "trace": {"asgiref", "blinker", "flask", "werkzeug"},
}
"""Of what is not Python's own, what each room may import; ``None``: anything."""
LONGEST_FILE, LONGEST_CLASS = 400, 250

BEGIN, END = "<!-- rooms: made by `make rooms` -->\n", "<!-- /rooms -->\n"


def modules(sources):
    """Return the files of all modules, in a fixed order."""
    return sorted(sources.rglob("*.py"))


@cache
def nodes(text):
    """Return all nodes of a file with this text, from the outside inwards."""
    return list(ast.walk(ast.parse(text)))


def imports(path, sources):
    """Return what the file at `path` imports: line and absolute name, in its order."""
    package = ["hookbook", *path.relative_to(sources).parts[:-1]]
    found = []
    for node in nodes(path.read_text("utf-8")):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names]
    return sorted(found)


def room_of(name):
    """Return the room that a name of hookbook's belongs to; ``None`` for others."""
    first, _, rest = name.partition(".")
    return rest.partition(".")[0] if first == "hookbook" else None


def faults(sources):
    """Return what breaks the rules of the rooms: file, line, what to do."""
    found = []
    stems = {}
    for path in modules(sources):
        name = path.relative_to(sources).as_posix()
        room = name.partition("/")[0]
        if name == "__main__.py":
            # What ``python -m hookbook`` runs: a door of the commands' room.
            room = "cli"
        if room not in KNOWS and name != "__init__.py":
            found.append(f"{name}:1: not in a room ({', '.join(KNOWS)})")
            continue
        for line, imported in imports(path, sources):
            other, library = room_of(imported), imported.partition(".")[0]
            if other is not None and other != room and other not in KNOWS.get(room, ()):
                found.append(f"{name}:{line}: '{room}' must not know '{other}'")
            known = LIBRARIES.get(room)
            foreign = other is None and library not in sys.stdlib_module_names
            if known is not None and foreign and library not in known:
                found.append(f"{name}:{line}: '{room}' must not know {library}")
        if path.stem != "__init__":
            if path.stem in stems:
                found.append(f"{name}:1: {stems[path.stem]} has this name, too")
            stems[path.stem] = name
            if (path.with_suffix("") / "__init__.py").exists() or path.stem in KNOWS:
                found.append(f"{name}:1: a package has this name, too")
        found += lengths(path, name)
        if path.stem == "__init__":
            found += shown(path, name)
    return found


def lengths(path, name):
    """Return the file and the classes that are too long to be read in one sitting."""
    text = path.read_text("utf-8")
    count = len(text.splitlines())
    found = []
    if count > LONGEST_FILE:
        found.append(f"{name}:1: {count} lines, {LONGEST_FILE} at most: split the file")
    for node in nodes(text) if path.suffix == ".py" else ():
        if isinstance(node, ast.ClassDef):
            count = node.end_lineno - node.lineno + 1
            if count > LONGEST_CLASS:
                found.append(
                    f"{name}:{node.lineno}: the class {node.name} has {count} lines,"
                    f" {LONGEST_CLASS} at most: split it"
                )
    return found


def shown(path, name):
    """Return what a package's ``__init__`` lacks: words, and names that exist."""
    tree = ast.parse(path.read_text("utf-8"))
    words = ast.get_docstring(tree) or ""
    found = []
    if len([line for line in words.splitlines() if line.strip()]) < 1:
        found.append(f"{name}:1: say in three lines what the package is for")
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            for public in ast.literal_eval(node.value):
                defined = any(getattr(n, "name", None) == public for n in tree.body)
                if not (defined or any(path.parent.glob(f"{public}*"))):
                    found.append(f"{name}:{node.lineno}: there is no '{public}'")
    return found


def drawing(sources):
    """Return the rooms as text: what each is for, holds, and imports."""
    lines = []
    for room in KNOWS:
        folder = sources / room
        if not folder.is_dir():
            continue
        tree = ast.parse((folder / "__init__.py").read_text("utf-8"))
        purpose = (ast.get_docstring(tree) or "").split("\n", 1)[0].rstrip(".:")
        known = {
            room_of(imported)
            for path in modules(folder)
            for _, imported in imports(path, sources)
        }
        arrows = [other for other in KNOWS if other in known - {room}]
        lines += [f"{room}/  {purpose}", f"  imports {', '.join(arrows) or 'no room'}"]
        for part in [folder, *sorted(p for p in folder.iterdir() if p.is_dir())]:
            names = sorted(path.stem for path in part.glob("*.py"))
            names = [name for name in names if name != "__init__"]
            if names:
                head = "" if part == folder else f"{part.name}/ "
                lines += wrapped(f"  {head}{', '.join(names)}")
        lines.append("")
    return "\n".join(lines)


def wrapped(text):
    """Break a line of names; what follows is indented further."""
    words, lines = text.split(" "), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 78:
            lines.append("   ")
        lines[-1] += f"{word} "
    return [line.rstrip() for line in lines]


def drawn(text, sources):
    """Return the text of CONTRIBUTING.md with the drawing of today."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n```text\n{drawing(sources)}```\n\n{END}{after}"


if __name__ == "__main__":
    runbook = ROOT / "CONTRIBUTING.md"
    runbook.write_text(drawn(runbook.read_text("utf-8"), SOURCES), encoding="utf-8")
