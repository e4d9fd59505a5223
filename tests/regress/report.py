"""Say, so that a team can act on it, which claims no longer hold."""

import dataclasses
import re
import textwrap
from collections import defaultdict

from hookbook.corpus import proofs

from . import difference
from .environment import ROOT, Target
from .run import BEHAVIOUR, Outcome

WIDTH = 88
UNBROKEN = {"break_on_hyphens": False, "break_long_words": False}
LINES = 30
"""A longer observation is cut: the whole is in pytest's own log."""


@dataclasses.dataclass
class Findings:
    """All that a run found out."""

    target: Target
    baseline: Target
    outcome: Outcome
    expected: dict
    observed: dict
    places: dict

    @property
    def broken(self):
        """Whether a claim or a scenario failed, or the run did not come to its end."""
        return bool(self.outcome.failed or self.outcome.ended)


def text(findings):
    """Return the report."""
    outcome = findings.outcome
    claims = {n: o for n, o in outcome.failed.items() if not _is_snippet(n)}
    scenarios = {n: o for n, o in outcome.failed.items() if _is_snippet(n)}
    differ = _differ(findings)
    parts = [_head(findings, len(claims), len(scenarios), differ)]
    parts += _claims(claims, findings.places)
    parts += _scenarios(scenarios, findings.places)
    parts += _steps(differ, findings)
    parts += _warnings(outcome)
    return "\n".join(parts) + "\n"


def _is_snippet(name):
    return name.startswith("snippets.")


def _head(findings, claims, scenarios, differ):
    outcome = findings.outcome
    tried = [n for n in outcome.passed | outcome.failed.keys() if not _is_snippet(n)]
    ran = [n for n in outcome.passed | outcome.failed.keys() if _is_snippet(n)]
    lines = [
        _title("Hookbook's claims, tried on another Flask", "="),
        f"Tried on:  {findings.target}",
        f"           {findings.target.versions.get('place', '')}",
        f"Baseline:  {findings.baseline}",
        "",
        f"Claims:    {len(tried)} tried, {claims} no longer hold",
        f"Scenarios: {len(ran)} tried, {scenarios} do something else",
        f"Traces:    {_traces(differ, len(findings.expected))}",
    ]
    if findings.target.remark:
        lines.insert(3, f"           {findings.target.remark}")
    if outcome.skipped:
        lines.append(f"Skipped:   {', '.join(sorted(outcome.skipped))}")
    if outcome.ended:
        lines.append(f"The run did not come to its end: {outcome.ended}.")
        lines.append("What is not named below was not tried, or holds.")
    if not findings.broken:
        lines.append("Everything that was tried holds.")
    return "\n".join(lines) + "\n"


def _traces(differ, count):
    if "" in differ:
        return "none recorded"
    lost = sum(found[0].where == difference.LOST for found in differ.values())
    text = f"{count} snippets, {len(differ) - lost} take other steps"
    return f"{text}, {lost} could not be recorded" if lost else text


def _title(words, line="-"):
    return f"{words}\n{line * len(words)}\n"


def _claims(failed, places):
    if not failed:
        return
    yield _title("Claims that no longer hold")
    known = {
        proof.name: proof
        for path in proofs.files(BEHAVIOUR)
        for proof in proofs.tests(BEHAVIOUR, path)
    }
    # One cause often breaks many claims: tell it once.
    causes = defaultdict(list)
    for name, observed in failed.items():
        causes[observed[0]].append(name)
    number = 0
    for message, names in causes.items():
        for name in sorted(names):
            number += 1
            proof = known.get(name) or proofs.Proof(name, "", 0, "")
            lines = [f"{number}. {proof.claim or name}"]
            lines.append(f"   {name}")
            lines.append(f"   tests/behaviour/{proof.path}:{proof.line}")
            lines += _places(places.get(name, []))
            yield "\n".join(lines) + "\n" * (len(names) > 1)
        place = failed[names[0]][1] if len(names) == 1 else ""
        yield _observed(message, place, len(names))


def _places(found):
    if not found:
        return ["   no page says so"]
    lines = []
    for place in found:
        lines.append(f"   said on {place}")
        if place.sentence:
            lines += textwrap.wrap(
                f'"{place.sentence}"', WIDTH, initial_indent=" " * 5,
                subsequent_indent=" " * 6, **UNBROKEN,
            )  # fmt: skip
    return lines


def _observed(message, place, count):
    place = place.replace(f"{ROOT}/", "")
    where = f" ({place})" if place else ""
    who = "   observed" if count == 1 else f"   observed, by these {count} alike"
    return f"{who}{where}:\n{_indent(message, 5)}\n"


def _indent(message, width):
    lines = message.replace(f"{ROOT}/", "").splitlines() or [""]
    lines = [line for line in lines if line.strip()]
    if len(lines) > LINES:
        lines = [*lines[:LINES], f"… {len(lines) - LINES} more lines"]
    return textwrap.indent("\n".join(lines), " " * width)


def _scenarios(failed, places):
    if not failed:
        return
    yield _title("Scenarios that do something else")
    causes = defaultdict(list)
    for name, observed in failed.items():
        causes[observed[0]].append(name)
    for message, names in causes.items():
        for module in sorted(names):
            name = module.removeprefix("snippets.").replace(".", "/")
            shown = ", ".join(map(str, places.get(name, []))) or "no page"
            shown = textwrap.fill(
                f"shown on {shown}", WIDTH, initial_indent=" " * 3,
                subsequent_indent=" " * 5, **UNBROKEN,
            )  # fmt: skip
            yield f"snippets/{name}.py\n{shown}"
        yield _observed(message, "", len(names))


def _differ(findings):
    """Return the differences by snippet; ``""`` stands for all of them."""
    for traces in findings.expected, findings.observed:
        if error := traces.get("error"):
            return {"": [difference.Difference(f"no trace was recorded: {error}")]}
    found = {
        name: difference.differences(expected, findings.observed[name])
        for name, expected in findings.expected.items()
    }
    return {name: lines for name, lines in found.items() if lines}


def _steps(differ, findings):
    if not differ:
        return
    yield _title("Steps that differ")
    users = _users()
    alike = defaultdict(list)
    for name, found in differ.items():
        broken = bool(users[name] & findings.outcome.failed.keys())
        alike[tuple(dict.fromkeys(one.text for one in found)), broken].append(name)
    for (told, broken), names in alike.items():
        if names != [""]:
            word = "claims broken, see above" if broken else "differs, no claim broken"
            yield textwrap.fill(f"{', '.join(names)}: {word}", WIDTH, **UNBROKEN)
        found = differ[names[0]]
        every = len(names) == 1 or found[0].where == difference.LOST
        lines = map(str, found) if every else told
        yield textwrap.indent("\n".join(lines), "   ") + "\n"


def _users():
    """Return, by snippet, its module and the tests of the files that import it."""
    users = defaultdict(set)
    for path in proofs.files(BEHAVIOUR):
        names = {proof.name for proof in proofs.tests(BEHAVIOUR, path)}
        text = path.read_text(encoding="utf-8")
        for module in re.findall(r"\bsnippets\.([\w.]+)", text):
            users[module.replace(".", "/")] |= names
    for path in (ROOT / "snippets").rglob("*.py"):
        name = path.relative_to(ROOT / "snippets").with_suffix("").as_posix()
        users[name].add(f"snippets.{name.replace('/', '.')}")
    return users


def _warnings(outcome):
    if outcome.warnings:
        yield _title("Warnings while running")
        yield "\n".join(f"- {line}" for line in sorted(outcome.warnings)) + "\n"
