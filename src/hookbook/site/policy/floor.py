"""The number of claims of each page, in a file that makes a decrease visible.

``make claims`` writes the file and the build compares it with the pages. The command
records higher numbers by itself; a lower number, or a page that is gone, needs a
reason, which stays in the file for the next reader.
"""

import json
from pathlib import Path
from typing import Any

import tomllib
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .. import places
from ..left_out import left_out
from ..usage import all_usage
from .faults import at, warn

_HEAD = """\
# How many claims each page makes. `make claims` writes this file, the build compares
# it with the pages, and a number that falls needs a reason.
"""


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of every page whose number of claims differs from the file."""
    name = app.config.hookbook_claims
    if not name:
        return
    path = places.root(env) / name
    noted = _read(path)
    now = claims(env)
    if app.config.hookbook_claims_update:
        return
    for docname in sorted(now.keys() | noted["pages"].keys()):
        if left_out(env, docname):
            continue
        have, had = now.get(docname, 0), noted["pages"].get(docname)
        if have == had:
            continue
        message = f"the page makes {have} claims, {name} has {had or 0}: "
        if have < (had or 0):
            message += "restore the claims, or run make claims FEWER='the reason'"
        else:
            message += "run make claims, and commit the file"
        if docname in env.found_docs:
            warn(message, (docname, 1))
        else:
            warn(f"{docname}: {message}", at(path, _line(path, docname)))
    if noted.get("total") != sum(noted["pages"].values()):
        warn("the total is not the sum: run make claims", at(path, 1))


def update(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the file, if requested; not if a number falls without a reason."""
    if app.config.hookbook_claims_update:
        path = places.root(env) / app.config.hookbook_claims
        reason = " ".join(app.config.hookbook_claims_fewer.split())
        _update(path, _read(path), claims(env), reason)
    return []


def claims(env: BuildEnvironment) -> dict[str, int]:
    """Count the claims of each page that makes some."""
    return {
        name: len(use.claims)
        for name, use in sorted(all_usage(env).items())
        if use.claims
    }


def _update(
    path: Path, noted: dict[str, Any], now: dict[str, int], reason: str
) -> None:
    fewer = {
        docname: had
        for docname, had in noted["pages"].items()
        if now.get(docname, 0) < had
    }
    if fewer and not reason:
        told = ", ".join(f"{d} ({n} to {now.get(d, 0)})" for d, n in fewer.items())
        warn(f"fewer claims on {told}: say why with FEWER='the reason'", at(path, 1))
        return
    reasons = dict(noted["fewer"])
    for docname, had in fewer.items():
        reasons[docname] = f"{had} to {now.get(docname, 0)}: {reason}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(now, reasons), encoding="utf-8")


def _text(now: dict[str, int], reasons: dict[str, str]) -> str:
    lines = [_HEAD, f"total = {sum(now.values())}", "", "[pages]"]
    lines += [f"{json.dumps(name)} = {count}" for name, count in now.items()]
    lines += ["", "[fewer]"]
    lines += [
        f"{json.dumps(name)} = {json.dumps(reason, ensure_ascii=False)}"
        for name, reason in sorted(reasons.items())
    ]
    return "\n".join(lines) + "\n"


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"pages": {}, "fewer": {}}
    if path.is_file():
        try:
            found |= tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            warn(f"not TOML: {error}; run make claims", at(path, 1))
    return found


def _line(path: Path, docname: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    start = f"{json.dumps(docname)} ="
    return next((n for n, line in enumerate(lines, 1) if line.startswith(start)), 1)


def setup(app: Sphinx) -> None:
    """Register the comparison, or the update, after all pages are read."""
    app.add_config_value("hookbook_claims", "", "", str)
    app.add_config_value("hookbook_claims_update", False, "", (bool, str))
    app.add_config_value("hookbook_claims_fewer", "", "", str)
    # Even if no page has changed since the last build.
    app.connect("env-updated", update)
    app.connect("env-check-consistency", check)
