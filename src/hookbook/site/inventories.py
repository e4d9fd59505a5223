"""The names of other projects that pages link to, kept as data.

Each file in ``docs/_data/inventories`` lists the names of one project.  Sphinx's
intersphinx reads compiled inventories, so every build compiles the lists
first and needs no network.  ``python -m hookbook.site.inventories`` compares the
lists with what the projects publish.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

import tomllib
from docutils.nodes import Element
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

if TYPE_CHECKING:
    from sphobjinv import Inventory

FOLDER = "_data/inventories"


class InventoryError(Exception):
    """A list of names that can't be read."""


@dataclass
class NameList:
    """The names of one project, by role, and where each is described."""

    path: Path
    project: str
    version: str
    url: str
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a list; a mistake in it names the file."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            head = {key: str(data.pop(key)) for key in ("project", "version", "url")}
        except (tomllib.TOMLDecodeError, KeyError) as error:
            raise InventoryError(f"{path}: {error!r}") from error
        for role, names in data.items():
            if role.count(":") != 1 or not isinstance(names, dict):
                raise InventoryError(f'{path}: table "{role}" must be "domain:role"')
        return cls(path, names=data, **head)

    def write(self) -> None:
        """Write the list back, sorted, one name a line."""
        lines = [
            f"{key} = {json.dumps(getattr(self, key))}"
            for key in ("project", "version", "url")
        ]
        for role, names in sorted(self.names.items()):
            lines += ["", f"[{json.dumps(role)}]"]
            lines += [
                f"{json.dumps(name)} = {json.dumps(uri)}"
                for name, uri in sorted(names.items())
            ]
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def compile(self) -> bytes:
        """Return the list as the ``objects.inv`` that intersphinx reads."""
        # Slow to import, and most builds find everything compiled.
        from sphobjinv import DataObjStr, Inventory, compress

        inventory = Inventory()
        inventory.project = self.project
        inventory.version = self.version
        for role, names in sorted(self.names.items()):
            domain, _, kind = role.partition(":")
            for name, uri in sorted(names.items()):
                inventory.objects.append(
                    DataObjStr(
                        name=name,
                        domain=domain,
                        role=kind,
                        priority="1",
                        uri=uri,
                        dispname="-",
                    )
                )
        compressed: bytes = compress(inventory.data_file())
        return compressed

    def refresh(self, published: "Inventory", wanted: Iterable[str] = ()) -> list[str]:
        """Update addresses from *published*; return the names it no longer has.

        A missing name keeps its old address: a person must decide to drop it. Names in
        *wanted* are added where *published* has them.
        """
        listed = {name for names in self.names.values() for name in names}
        found: dict[str, dict[str, str]] = {}
        for item in published.objects:
            if item.name in listed.union(wanted):
                role = f"{item.domain}:{item.role}"
                found.setdefault(role, {})[item.name] = item.uri
        missing = listed.difference(*found.values())
        for role, names in self.names.items():
            for name in missing.intersection(names):
                found.setdefault(role, {})[name] = names[name]
        self.names = found
        self.version = published.version
        return sorted(missing)


def read_all(folder: Path) -> dict[str, NameList]:
    """Read every list in *folder*, by the file's name."""
    lists = {path.stem: NameList.read(path) for path in sorted(folder.glob("*.toml"))}
    if not lists:
        raise InventoryError(f"{folder}: no list of names (*.toml)")
    return lists


def map_inventories(app: Sphinx, config: Config) -> None:
    """Compile the lists that changed, and point intersphinx at the results."""
    try:
        lists = read_all(Path(app.srcdir, FOLDER))
    except InventoryError as error:
        raise ConfigError(str(error)) from error
    folder = Path(app.doctreedir, "inventories")
    folder.mkdir(parents=True, exist_ok=True)
    for key, names in lists.items():
        # The address of a changed list differs, so Sphinx reads the pages again.
        digest = hashlib.sha256(names.path.read_bytes()).hexdigest()
        compiled = folder / f"{key}-{digest[:16]}.inv"
        if not compiled.exists():
            # An interrupted build must not leave half a list.
            part = compiled.with_suffix(".part")
            part.write_bytes(names.compile())
            part.replace(compiled)
        config.intersphinx_mapping[key] = (names.url, str(compiled))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Use the lists in every build."""
    app.setup_extension("sphinx.ext.intersphinx")
    # Intersphinx checks its mapping at 800, this fills it before.
    app.connect("config-inited", map_inventories)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def unresolved(root: Path) -> set[str]:
    """Return the names that pages link to but no list has."""
    names: set[str] = set()

    def note(app: Sphinx, domain: Domain, node: Element) -> None:
        names.add(node["reftarget"])

    with TemporaryDirectory() as folder:
        app = Sphinx(
            root / "docs", root, folder, folder, "dummy", status=None, warning=None
        )
        app.connect("warn-missing-reference", note)
        app.build()
    return names


def main() -> int:
    """Refresh every list from what its project publishes now."""
    from sphobjinv import Inventory

    root = Path(__file__).parents[3]
    wanted = unresolved(root)
    failed = False
    for names in read_all(root / "docs" / FOLDER).values():
        published = Inventory(url=f"{names.url}objects.inv")
        for name in names.refresh(published, wanted):
            failed = True
            print(
                f"{names.path.relative_to(root)}: {names.project} "
                f"{names.version} has no {name}; the old address is kept"
            )
        names.write()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
