"""Comments that silence a checker: each names a rule, and the reason."""

import io
import re
import tokenize

FOLDERS = ("src", "tests", "snippets", "docs")
WHOLE_FILE = re.compile(
    r"#\s*(ruff:\s*noqa|flake8:\s*noqa|mypy:|ruff:\s*(disable|ignore)|pylint:|pyright:)"
)
BARE = re.compile(r"#\s*(noqa|type:\s*ignore)(?!\s*[:\[]|[\w-])", re.IGNORECASE)
NOQA = re.compile(r"#\s*noqa:\s*(?P<codes>[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)(?P<rest>.*)")
IGNORE = re.compile(r"#\s*type:\s*ignore\[(?P<codes>[^\]]*)\](?P<rest>.*)")
OFF = re.compile(r"#\s*fmt:\s*off|#\s*isort:\s*(skip|off)|#\s*yapf:")


def findings(house):
    """Return the comments that name no rule or no reason."""
    files = [house / "conf.py"]
    for folder in FOLDERS:
        files += sorted((house / folder).rglob("*.py"))
    for path in files:
        if path.exists():
            name = path.relative_to(house).as_posix()
            for line, what in silenced(path.read_text(encoding="utf-8")):
                yield f"{name}:{line}: {what}"


def silenced(source):
    """Yield the line of each comment that silences too much, and what is wrong."""
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        text, line = token.string, token.start[0]
        if found := WHOLE_FILE.search(text) or OFF.search(text):
            yield line, f"'{found[0]}' silences a whole file: fix what it hides"
        elif found := BARE.search(text):
            yield line, f"'{found[0]}' names no rule: add its code and the reason"
        elif found := NOQA.search(text) or IGNORE.search(text):
            above = lines[line - 2].strip() if line > 1 else ""
            if not re.search(r"\w{3}", found["rest"]) and not above.startswith("# "):
                yield (
                    line,
                    f"no reason for ignoring {found['codes']}: say why after it, or"
                    " in a comment above",
                )
