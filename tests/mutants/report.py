"""What a run of all mutants says, in text and in JSON."""

import json
from collections import Counter

import tomllib


class Refused(Exception):
    """The run proves nothing, or the list of equivalent mutants is wrong."""


def read_equivalents(path):
    """Return {id of a mutant: why no test can tell it from the original}."""
    reasons = {}
    for group in tomllib.loads(path.read_text()).get("equivalent", []):
        for mutant in group["mutants"]:
            if mutant in reasons:
                raise Refused(f"{path}: listed twice: {mutant}")
            if not group["reason"].strip():
                raise Refused(f"{path}: no reason given for {mutant}")
            reasons[mutant] = group["reason"].strip()
    return reasons


def summarize(outcomes, reasons, *, complete=True):
    """Return the report on *outcomes*: pairs of a mutant and its outcome."""
    if not outcomes:
        raise Refused("No mutant was run.")
    invalid = [m.id for m, o in outcomes if not (o.killed or o.verdict == "survived")]
    if invalid:
        raise Refused("These mutants could not be run:\n" + "\n".join(invalid))
    alive = {m.id: m for m, o in outcomes if not o.killed}
    known = {m.id for m, o in outcomes}
    stale = [i for i in reasons if i not in alive and (complete or i in known)]
    killed = len(outcomes) - len(alive)
    explained = {i: reasons[i] for i in alive if i in reasons}
    return {
        "mutants": len(outcomes),
        "killed": killed,
        "equivalent": len(explained),
        "survived": len(alive) - len(explained),
        "score": killed / len(outcomes),
        "score without equivalents": killed / max(len(outcomes) - len(explained), 1),
        "verdicts": dict(Counter(o.verdict for _, o in outcomes)),
        "cpu seconds": round(sum(o.cpu for _, o in outcomes), 1),
        "survivors": [entry(m, reason=explained.get(m.id, "")) for m in alive.values()],
        "stale": stale,
        "killers": {m.id: o.test or o.verdict for m, o in outcomes if o.killed},
    }


def refuse_stale(report):
    """Keep the list of equivalent mutants to those that survive."""
    if report["stale"]:
        raise Refused(
            "equivalent.toml explains what did not survive (killed, or no such mutant "
            "any more). Remove:\n" + "\n".join(f"  {i}" for i in report["stale"])
        )


def entry(mutant, **more):
    return {
        "id": mutant.id,
        "file": f"flask/{mutant.path}",
        "line": mutant.line,
        "function": mutant.function,
        "operator": mutant.operator,
        "diff": mutant.diff(),
        **more,
    }


def as_text(report):
    lines = []
    for survivor in sorted(report["survivors"], key=lambda s: bool(s["reason"])):
        lines += [f"{survivor['file']}:{survivor['line']} {survivor['function']}"]
        lines += [f"  {survivor['id']}", survivor["diff"]]
        if survivor["reason"]:
            lines += [f"  equivalent: {survivor['reason']}"]
        lines += [""]
    share = f"{report['score']:.1%}, {report['score without equivalents']:.1%}"
    lines += [
        f"{report['mutants']} mutants: {report['killed']} killed, "
        f"{report['equivalent']} equivalent, {report['survived']} survived",
        f"score {share} of those that change behaviour",
        ", ".join(f"{count} {name}" for name, count in report["verdicts"].items()),
        f"{report['cpu seconds']} s of CPU time, {report.get('seconds', 0)} s in all",
    ]
    return "\n".join(lines) + "\n"


def write(report, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text(as_text(report))
    (folder / "report.json").write_text(json.dumps(report, indent=1) + "\n")
