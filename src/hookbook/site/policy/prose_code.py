"""Code and output in what should be prose: sentences, cells, terms, quotes.

A name, a call or one statement between backticks is prose. Several statements, a
definition, a prompt, an error or a response are an example: it belongs to a snippet.
"""

import ast
import json
import re
from collections.abc import Iterator

HIDDEN = "\0"
"""Replaces text between backticks."""

# Turns Sphinx's typographic quotes into plain ones.
_TYPED = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")

_OUTPUT = re.compile(
    r">>> |\.\.\. \S|Traceback \(most recent call last\)|\s*File \".*\", line \d+"
    r"|HTTP/\d(?:\.\d)? \d{3}\b|(?:\S+ - \S+ )?\[\d\d/\w{3}/\d{4}[ :]"
)
# A status, and a header: each alone on its line.
_HEADERS = (
    "Accept Access Cache Content If Last Permissions Referrer Retry Server Set Strict"
    " User WWW X"
)
_OF_RESPONSES = re.compile(
    r"[1-5]\d\d [A-Z][A-Za-z' -]*"
    rf"|(?:{_HEADERS.replace(' ', '|')})(?:-[A-Z]\w*)+: \S+(?: (?<=[;,] )\S+)*(?: \S+)?"
)
_ERROR = re.compile(r"(?:[\w.]*(?:Error|Exception|Warning|Interrupt|Exit)): \S")
_OBJECT = re.compile(r"<[A-Za-z][\w.]* [^<>]*>")
_MAY_BE_CODE = re.compile(r"[=@(]|^(?:import|from|return|raise|assert|class|def)\b")
_HEADER = re.compile(
    r"(?:async )?(?:def \w+\(.*\).*|class \w+.*|(?:with|for|while|if|elif) .*[().=<>].*"
    r"|except\b.*|(?:try|else|finally)):"
)
_DECORATOR = re.compile(r"@\w[\w.]*(?:\(.*\))?")
WHAT_TO_DO = "put it into a snippet, and show it with {snippet} or {produced}"


def in_text(text: str, *, is_name: bool = False) -> Iterator[tuple[int, str]]:
    """Find code and output among the lines of a text: which line, what to do.

    :param text: with `HIDDEN` instead of text between backticks.
    :param is_name: the text is a heading or a term, which may be a call.
    """
    for place, line in enumerate(text.translate(_TYPED).split("\n")):
        line = line.strip()
        error = _ERROR.match(line) and HIDDEN not in line
        if _OUTPUT.match(line) or error or (not is_name and _is_response(line)):
            yield place, f"output typed as text, '{_short(line)}': {WHAT_TO_DO}"
        elif HIDDEN not in line and _is_code(line, is_name):
            yield place, f"code typed as text, '{_short(line)}': {WHAT_TO_DO}"


def in_words(text: str) -> Iterator[str]:
    """Find code and output in words that are shown outside the text."""
    yield from (message for _, message in in_text(text))
    if not any(in_text(text)):
        yield from in_literal(text)


def in_literal(text: str) -> Iterator[str]:
    """Find whole examples between backticks."""
    if _OUTPUT.match(text) or _ERROR.match(text) or _OBJECT.fullmatch(text):
        yield f"output between backticks, '{_short(text)}': {WHAT_TO_DO}"
    elif _is_example(text):
        yield f"an example between backticks, '{_short(text)}': {WHAT_TO_DO}"


def are_lines(literals: list[str]) -> bool:
    """Return whether literals, one on each line, are a program typed line by line."""
    return len(literals) > 1 and any(
        _HEADER.fullmatch(line.strip())
        or _DECORATOR.fullmatch(line.strip())
        or any(map(_acts, _parse(line)))
        for line in literals
    )


def _is_response(line: str) -> bool:
    """Return whether a line is a status, a header or JSON, and nothing else."""
    if _OF_RESPONSES.fullmatch(line):
        return True
    if not (line.startswith(("{", "[")) and '"' in line):
        return False
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def is_code(word: str) -> bool:
    """Return whether a word of a command is a program."""
    return _is_code(word, is_name=False) or any(in_literal(word))


def _is_code(line: str, is_name: bool) -> bool:
    if _DECORATOR.fullmatch(line):
        return True
    if line.endswith(":") and _HEADER.fullmatch(line):
        return bool(_parse(f"{line} pass")) or line.split()[0] in _PARTS
    if not _MAY_BE_CODE.search(line):
        return False
    found = _parse(line)
    return bool(found) and all(_is_statement(node, line, is_name) for node in found)


_PARTS = ("elif", "else:", "except", "except:", "finally:")


def _is_statement(node: ast.stmt, line: str, is_name: bool) -> bool:
    match node:
        case ast.Expr(value=ast.Call() | ast.Await()):
            return not is_name and " (" not in line
        case ast.Expr():
            return False
        case ast.Return(value=ast.Name() | None) | ast.AnnAssign(value=None):
            return False
        case ast.Raise(exc=ast.Name() | None) | ast.Assert(test=ast.Name()):
            return False
    return True


_WITH_A_BODY = (
    *(ast.ClassDef, ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While),
    ast.Try,
)


def _is_example(text: str) -> bool:
    if not (";" in text or ":" in text):
        return False
    found = _parse(text)
    if any(isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) for n in found):
        return True
    if any(isinstance(node, _WITH_A_BODY) for node in found):
        return True
    return len(found) > 1 and all(_acts(node) for node in found)


def _acts(node: ast.stmt) -> bool:
    """Return whether a statement does something; a bare name or value does not."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call | ast.Await)
    return not isinstance(node, ast.Return | ast.Pass | ast.AnnAssign)


def _parse(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text.strip()).body
    except (SyntaxError, ValueError):
        return []


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."
