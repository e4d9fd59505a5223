"""A file of the house, and sentences about its lines."""

import re


class Text:
    """The text of a file; what is said of it names the file and a line, from 1."""

    def __init__(self, house, name):
        path = house / name
        self.name = name
        self.text = path.read_text(encoding="utf-8") if path.exists() else ""
        self.lines = self.text.splitlines()

    def line(self, pattern):
        """Return the number of the first line that has `pattern`, or else 1."""
        for number, line in enumerate(self.lines, start=1):
            if re.search(pattern, line):
                return number
        return 1

    def says(self, place, what):
        """Return a finding at a line: its number, or a pattern that it has."""
        number = place if isinstance(place, int) else self.line(place)
        return f"{self.name}:{number}: {what}"


SILENCERS = {
    r"\|\|\s*(true|:|exit 0|/bin/true|echo|printf)(?!\w)": "goes on after a failure",
    r";\s*(true|:|exit 0|/bin/true)\s*$": "forgets the failure before it",
    r"(?<!\|)\|\s*(tee|cat|head|tail|grep)\b": "pipes the failure away",
    r"(?<![&>])&\s*$": "doesn't wait for the end",
    r"\bset \+\w*[eu]|\bset \+o": "turns off stopping at a failure",
    r"--exit-zero\b": "fails for nothing",
    r"\bmake\b.* (-\w*[ik]\w*|--ignore-errors|--keep-going)\b": "ignores failures",
    r"\bMAKEFLAGS\b": "changes how make fails",
}
QUIET = (
    r"(?<=\s)((-D|--define)[ =]?(suppress_warnings|nitpick\w*|show_warning_types)\S*"
    r"|-Q|--silent|--no-warnings)(?=\s|$)"
)
NARROWERS = (
    r"(?<=\s)(--ignore(-glob)?|--deselect|--co\b|--collect-only|--lf|--last-failed"
    r"|--sw|--stepwise|--maxfail|-k|-p no:\S*|-W|--pythonwarnings|--disable-warnings"
    r"|--override-ini|--runxfail|--noconftest|--confcutdir|-x|--exitfirst)(?=[\s=]|$)"
)


def silencer(command):
    """Return what keeps the failure of a shell command from being seen, or None."""
    # What a command substitution falls back on is no failure of the command.
    plain = re.sub(r"\$+\((?:[^()]|\([^()]*\))*\)", "", command)
    for pattern, why in SILENCERS.items():
        if found := re.search(pattern, plain):
            return f"'{found[0].strip()}' {why}"
    return None
