"""Bundle CodeMirror into one script, and collect the licences of its packages.

``codemirror.mjs`` beside this file lists what the pages use. esbuild, which npm
installs with the packages, follows its imports; the same packages give the same
bytes.
"""

import json
import os
import subprocess
from pathlib import Path

ENTRY = Path(__file__).parent / "codemirror.mjs"
SCRIPT = "codemirror.mjs"
LICENCES = "codemirror-licences.txt"


def bundle(packages: Path, node: str, folder: Path) -> dict[str, str]:
    """Write the script and the licences to `folder`; return each package's version.

    :param packages: the ``node_modules`` that npm installed.
    :param node: the program that runs esbuild.
    :raises subprocess.CalledProcessError: if esbuild rejects the script.
    :raises OSError: if a package has no licence.
    """
    packages = packages.resolve()
    told = folder / "metafile.json"
    options = [
        "--bundle", "--format=esm", "--minify", "--target=es2022", "--charset=utf8",
        "--legal-comments=none", "--log-level=warning",
        f"--outfile={folder.resolve() / SCRIPT}", f"--metafile={told.resolve()}",
    ]  # fmt: skip
    subprocess.run(
        [node, packages / "esbuild" / "bin" / "esbuild", ENTRY, *options],
        check=True,
        cwd=packages.parent,
        env={**os.environ, "NODE_PATH": str(packages)},
    )
    (output,) = json.loads(told.read_text("utf-8"))["outputs"].values()
    told.unlink()
    inside = [name for name, kept in output["inputs"].items() if kept["bytesInOutput"]]
    names = sorted({package_of(name) for name in inside if "node_modules/" in name})
    versions, licences = {}, []
    for name in names:
        about = json.loads((packages / name / "package.json").read_text("utf-8"))
        versions[name] = about["version"]
        text = (packages / name / "LICENSE").read_text("utf-8").strip()
        licences.append(f"{name} {about['version']}\n\n{text}\n")
    rule = f"\n{'-' * 72}\n\n"
    (folder / LICENCES).write_text(rule.join(licences), encoding="utf-8")
    return versions


def package_of(file: str) -> str:
    """Return the package of a file below ``node_modules``."""
    parts = file.rpartition("node_modules/")[2].split("/")
    return "/".join(parts[: 2 if parts[0].startswith("@") else 1])
