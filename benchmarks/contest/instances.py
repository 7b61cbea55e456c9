"""What is planned: the reference instances, and made-up ones."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "tests" / "data" / "reference"


def reference_instances(names: Iterable[str] | None = None) -> list[Path]:
    """Return the reference instances, in order of their names; or those that are named.

    A name is that of a reference instance, or the path of any other instance.
    """
    if names is None:
        return sorted(REFERENCE.glob("*.yaml"))
    return [known if (known := REFERENCE / f"{name}.yaml").exists() else Path(name) for name in names]


def made_up_instance(folder: Path, name: str, *options: object) -> Path:
    """Write a made-up instance into a folder of its own, and return its path.

    `options` are those of ``scripts/make_instance.py``.
    """
    room = folder / name
    room.mkdir(parents=True, exist_ok=True)
    path = room / f"{name}.yaml"
    maker = ROOT / "scripts" / "make_instance.py"
    subprocess.run([sys.executable, maker, *map(str, options), "-o", path], check=True)
    return path
