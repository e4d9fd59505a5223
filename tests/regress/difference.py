"""Tell in words how the steps of a snippet differ from those expected."""

import dataclasses
from difflib import SequenceMatcher
from itertools import zip_longest

from hookbook.corpus.compare import detail, identity
from hookbook.explain import words
from hookbook.trace.steps import Step

LOST = "not recorded"


@dataclasses.dataclass(frozen=True)
class Difference:
    """One difference: what, and in which step of which request."""

    text: str
    where: str = ""

    def __str__(self):
        return f"{self.where}: {self.text}" if self.where else self.text


def differences(expected, observed):
    """Compare two traces of a snippet; return what differs, in order."""
    if "error" in observed:
        return [Difference(observed["error"], LOST)]
    if "error" in expected:
        return [Difference(f"on the baseline: {expected['error']}", LOST)]
    found = []
    several = len(expected["requests"]) > 1
    pairs = zip_longest(expected["requests"], observed["requests"])
    for number, (wanted, got) in enumerate(pairs, start=1):
        request = wanted or got
        name = f"request {number}, {request['method']} {request['path']}"
        if wanted is None or got is None:
            word = "observed, not expected" if wanted is None else "expected, not made"
            found.append(Difference(word, name))
            continue
        prefix = f"{name}, " if several else ""
        found += [
            Difference(text, f"{prefix}step {step}")
            for step, text in _request(wanted["steps"], got["steps"])
        ]
    return found


def _request(wanted, got):
    matcher = SequenceMatcher(
        None, [identity(s) for s in wanted], [identity(s) for s in got], autojunk=False
    )
    lines, missing, added = [], [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            lines += [
                (one["number"], _detail(one, other))
                for one, other in zip(wanted[a:b], got[c:d], strict=True)
                if detail(one) != detail(other)
            ]
        else:
            missing += wanted[a:b]
            added += got[c:d]
    for step in list(missing):
        moved = next((s for s in added if identity(s) == identity(step)), None)
        if moved is not None:
            missing.remove(step)
            added.remove(moved)
            text = f"{_name(step)} expected, it was step {moved['number']}"
            lines.append((step["number"], text))
    places = {step["number"]: step for step in added}
    for step in missing:
        other = places.pop(step["number"], None)
        text = f"{_name(step)} expected, "
        text += f"{_name(other)} observed" if other else "not observed"
        lines.append((step["number"], text))
    for step in places.values():
        lines.append((step["number"], f"{_name(step)} observed, not expected"))
    return sorted(lines)


def _name(step):
    return f"{words.label(Step(**step))} {step['name']}"


def _detail(wanted, got):
    """Say what differs within one step."""
    parts = []
    for key in ("outcome", "exception"):
        if wanted[key] != got[key]:
            parts.append(f"{_said(wanted[key])} expected, {_said(got[key])} observed")
            break
    before, after = ({words.change(c) for c in s["changes"]} for s in (wanted, got))
    if lost := sorted(before - after):
        parts.append(f"change expected, not observed: {'; '.join(lost)}")
    if new := sorted(after - before):
        parts.append(f"change observed, not expected: {'; '.join(new)}")
    return f"{_name(wanted)}: {'; '.join(parts) or 'its changes came in another order'}"


def _said(text):
    return f"'{text}'" if text else "nothing"
